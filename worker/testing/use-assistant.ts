import { eq, sql } from 'drizzle-orm'
import { beforeEach } from 'vitest'
import { requestCommand } from '@/lib/command/request-command'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import { createQun } from '@/lib/qun/create-qun'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { getJoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { createSealer } from '@/lib/secret'
import { setCompanions } from '@/lib/membership/set-companions'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { useRobots } from '@/worker/testing/use-robots'

export const assistantAccount = 'wxid_weimi000001'
export const ownerCode = '0E7D6D8FB6C3|8888'

const sealer = createSealer([{ id: 'test', key: Buffer.alloc(32, 'k') }])

type SimulatedRoom = { id: string; name: string; members: { nickname: string }[] }

/** Provides each test with a new worker, an assistant that is not logged in, and the actions of merchants and members. */
export function useAssistant() {
  const test = useRobots()
  const now: { worker?: RobotPool; robotId?: string } = {}
  beforeEach(async () => {
    await test.db.execute(sql`truncate quns, memberships, join_tokens, qun_visits cascade`)
    const robotId = await test.givenRobot({ isAssistant: true })
    await test.db.transaction((tx) => setCompanions(tx, { robotId, names: ['陈静', '杨洋'] }))
    Object.assign(now, { robotId, worker: test.startWorker() })
  })

  const assistant = {
    test,
    get worker() {
      return now.worker as RobotPool
    },
    get robotId() {
      return now.robotId ?? ''
    },
    async givenQun(ownerName: string, code = ownerCode): Promise<string> {
      const draft = {
        robotId: assistant.robotId,
        groupCode: code,
        ownerName,
        nameTemplate: '{owner}的群 {number}',
        sealer,
      }
      return (await test.db.transaction((tx) => createQun(tx, draft))).id
    },
    /** Requests the room, as a repeated API call does. */
    async ask(qunId: string) {
      const { robotId, worker } = assistant
      const command = { robotId, type: 'make_room', timeoutMs: 10_000, payload: { qunId } } as const
      const { commandId } = await test.db.transaction((tx) => requestCommand(tx, command))
      await worker.wake(robotId)
      return test.reply(commandId)
    },
    status: async (qunId: string) => (await getQunOrThrow(test.db, { qunId })).status,
    /** Waits until the room has its final name. */
    isOpen: (qunId: string) =>
      test.until(async () => {
        const { status, nonceName } = await getQunOrThrow(test.db, { qunId })
        return status === 'open' && nonceName === null
      }),
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
    /** Creates a WeChat account; returns its wxid. */
    addPerson: async (nickname: string): Promise<string> =>
      (await test.control('/accounts', { nickname, canLogIn: false })).wxid,
    greet: (from: string, greeting: string) =>
      test.control(`/accounts/${assistantAccount}/friend-requests`, { from, greeting }),
    /** Returns the qun's rooms at WeChat; a correct worker creates one. */
    async roomOf(qunId: string): Promise<SimulatedRoom[]> {
      const { name, nonceName } = await getQunOrThrow(test.db, { qunId })
      const { rooms } = (await test.control('/state')) as { rooms: SimulatedRoom[] }
      return rooms.filter((room) => [name, nonceName].includes(room.name))
    },
  }
  return assistant
}
