import { eq, sql } from 'drizzle-orm'
import { beforeEach } from 'vitest'
import { requestCommand } from '@/lib/command/request-command'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import { createQun } from '@/lib/qun/create-qun'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { getJoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { setCompanions } from '@/lib/robot/set-companions'
import type { Ownership } from '../sessions/ownership'
import { useRobots } from './use-robots'

export const assistantAccount = 'wxid_weimi000001'
export const ownerCode = '0E7D6D8FB6C3|8888'

type SimulatedRoom = { id: string; name: string; members: { nickname: string }[] }

/** A worker and an assistant that is not logged in yet, new for each test, and what merchants and their people do. */
export function useAssistant() {
  const test = useRobots()
  const now: { worker?: Ownership; robotId?: string } = {}
  beforeEach(async () => {
    await test.db.execute(sql`truncate quns, memberships, join_tokens, qun_visits`)
    const robotId = await test.givenRobot({ isAssistant: true })
    await test.db.transaction((tx) => setCompanions(tx, { robotId, names: ['陈静', '杨洋'] }))
    Object.assign(now, { robotId, worker: test.startWorker() })
  })

  const assistant = {
    test,
    get worker() {
      return now.worker as Ownership
    },
    get robotId() {
      return now.robotId ?? ''
    },
    async givenQun(ownerName: string, code = ownerCode): Promise<string> {
      const draft = { robotId: assistant.robotId, code, ownerName, nameTemplate: '{owner}的群 {number}' }
      return (await test.db.transaction((tx) => createQun(tx, draft))).id
    },
    /** Asks for the room as a repeated call of the API does. */
    async ask(qunId: string) {
      const { robotId, worker } = assistant
      const command = { robotId, type: 'make_room', timeoutMs: 10_000, payload: { qunId } } as const
      const { commandId } = await requestCommand(test.db, command)
      await worker.wake(robotId)
      return test.reply(commandId)
    },
    status: async (qunId: string) => (await getQunOrThrow(test.db, { qunId })).status,
    isOpen: (qunId: string) => test.until(async () => (await assistant.status(qunId)) === 'open'),
    tokenOf: async (qunId: string) => encodeJoinToken((await getJoinToken(test.db, { qunId }))?.token ?? ''),
    states: (qunId: string) =>
      test.db
        .select({ nickname: contacts.nickname, state: memberships.state, role: memberships.role })
        .from(memberships)
        .innerJoin(contacts, eq(contacts.id, memberships.contactId))
        .where(eq(memberships.qunId, qunId))
        .orderBy(memberships.createdAt),
    isJoined: (qunId: string, nickname: string) =>
      test.until(async () =>
        (await assistant.states(qunId)).some((row) => row.nickname === nickname && row.state === 'joined'),
      ),
    /** Somebody new in WeChat; answers the wxid. */
    addPerson: async (nickname: string): Promise<string> =>
      (await test.control('/accounts', { nickname, canLogIn: false })).wxid,
    greet: (from: string, greeting: string) =>
      test.control(`/accounts/${assistantAccount}/friend-requests`, { from, greeting }),
    /** The qun's rooms as WeChat has them; more than one would be a mistake. */
    async roomOf(qunId: string): Promise<SimulatedRoom[]> {
      const { name } = await getQunOrThrow(test.db, { qunId })
      const { rooms } = (await test.control('/state')) as { rooms: SimulatedRoom[] }
      return rooms.filter((room) => room.name === name)
    },
  }
  return assistant
}
