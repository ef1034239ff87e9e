import { afterEach, beforeEach } from 'vitest'
import { requestHandover } from '@/lib/conversation/request-handover'
import { updateRobot } from '@/lib/robot/update-robot'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { connectCompany } from '@/worker/testing/conformance-drivers'
import { useRobots } from '@/worker/testing/use-robots'

const account = 'wkSimulator0001'
const wxid = 'wxid_liwei0000102'
const chat = `/wecom/accounts/${account}/people/${wxid}`

type Settings = { welcomeText?: string; handsOverInService?: boolean; servicerId?: string }

/** Gives each test a 客服 robot, and a customer who writes to it. */
export function useReception() {
  const test = useRobots()
  const current: { worker: RobotPool | null; robotId: string } = { worker: null, robotId: '' }
  const wake = async () => current.worker?.wake(current.robotId)
  beforeEach(async () => {
    const worker = test.startWorker({ wecomTimes: { pollMs: 100, retryMs: 100, outageMs: 300 } })
    const { connectorId } = await connectCompany(test)
    const robotId = await test.givenRobot({ connection: 'wecom_kf', connectorId, username: account })
    Object.assign(current, { worker, robotId })
  })
  afterEach(() => test.sql`delete from wecom_callbacks`)

  const act = (name: string, body: object = {}) => test.control(`${chat}/${name}`, body)
  const rows = () => test.messages(current.robotId)
  const conversation = async () =>
    (
      await test.sql`select id, state, service_handover_at, service_refusal, service_state, service_end_at,
        handover_reason from conversations where robot_id = ${current.robotId}`
    )[0]
  const conversationId = async () => ((await conversation()) as unknown as { id: string }).id
  const serviceState = async () =>
    (await test.control('/wecom/state')).conversations.find((one: { wxid: string }) => one.wxid === wxid)?.state
  return {
    test,
    customer: `wm${Buffer.from(wxid).toString('base64url')}`,
    robotId: () => current.robotId,
    wake,
    /** Changes the robot and waits until it is online. */
    async setUp(change: Settings) {
      await test.db.transaction((tx) => updateRobot(tx, { robotId: current.robotId, ...change }))
      await test.db.transaction((tx) => startKfSessions(tx))
      await wake()
      await test.until(async () => {
        const [session] = await test.sql`select state from sessions where robot_id = ${current.robotId}`
        return session?.['state'] === 'online'
      })
    },
    /** Does something as the customer or an employee. */
    act,
    say: (text: string) => act('messages', { type: 'text', text }),
    rows,
    isHeard: (text: string) => test.until(async () => (await rows()).some(({ content }) => content === text)),
    conversation,
    conversationId,
    isState: (state: string) => test.until(async () => (await conversation())?.['state'] === state),
    /** The state of the conversation in WeCom. */
    serviceState,
    isServiceState: (state: number) => test.until(async () => (await serviceState()) === state),
    /** The texts that the customer received from the robot. */
    seen: async () =>
      ((await test.control(`${chat}/messages`)).messages as { from: string; text: string }[])
        .filter(({ from }) => from === 'api')
        .map(({ text }) => text),
    refusals: () => test.sql`
      select detail from conversation_entries e join conversations c on c.id = e.conversation_id
        where c.robot_id = ${current.robotId} and e.kind = 'service_refused'`,
    /** Requests a person for the conversation. */
    async request() {
      const id = await conversationId()
      await test.db.transaction((tx) => requestHandover(tx, { id }, { source: 'keyword' }))
      void wake()
    },
  }
}
