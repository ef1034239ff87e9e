import { capabilitiesOf } from '@/lib/connection/capabilities'
import { newConnector } from '@/lib/connector/connector-types'
import { createConnector } from '@/lib/connector/create-connector'
import { newKey } from '@/lib/id'
import { requestLogin } from '@/lib/session/request-login'
import type { RobotConnection } from '@/lib/db/types'
import { callbackHashOf, recordVerification } from '@/lib/wecom/record-callback'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import { testSealer, type useRobots, type Waker } from '@/worker/testing/use-robots'

type Robots = ReturnType<typeof useRobots>

/** How the conformance suite plays a connection's service and the people on it. Spec: E9 (one conformance suite). */
export type ConnectionDriver = {
  connection: RobotConnection
  /** The ends of the paths of the call that receives, of the one that sends, and of the one that uploads a picture. */
  paths: { receive: string; send: string; upload: string }
  /** Whether a message that was delivered but not stored is delivered again. */
  isRedelivered: boolean
  givenRobot(test: Robots): Promise<string>
  logIn(test: Robots, worker: Waker, robotId: string): Promise<string>
  /** What sends go to. */
  target(test: Robots, robotId: string): Promise<string>
  say(test: Robots, text: string): Promise<unknown>
  sayImage(test: Robots, bytes: Buffer): Promise<unknown>
  /** The service delivers the person's last message again. */
  redeliver(test: Robots): Promise<unknown>
  /** What has arrived from the robot, oldest first. */
  receivedByFriend(test: Robots): Promise<{ text: string | null; mediaUrl: string | null; fileName?: string | null }[]>
  /** The hours of the service's reply window pass; only in connections with one. */
  closeWindow?(test: Robots): Promise<unknown>
  /** The service ends the session. */
  end(test: Robots): Promise<unknown>
}

const windowMs = (connection: RobotConnection) => (capabilitiesOf[connection].replyWindow?.hours ?? 0) * 3_600_000

const account = 'wxid_weimi000001'
const friend = 'wxid_wangfang0101'
const roomName = '云商城售后群 100086'

export const webDriver: ConnectionDriver = {
  connection: 'web',
  paths: { receive: '/webwxsync', send: '/webwxsendmsg', upload: '/webwxuploadmedia' },
  isRedelivered: true,
  givenRobot: (test) => test.givenRobot({ connection: 'web' }),
  logIn: (test, worker, robotId) => test.logIn(worker, robotId, account),
  target: async (test, robotId) => (await test.room(robotId, roomName)).id,
  say: (test, text) => writeInRoom(test, { type: 'text', text }),
  sayImage: (test, bytes) => writeInRoom(test, { type: 'image', imageBase64: bytes.toString('base64') }),
  redeliver: async (test) =>
    test.control(`/rooms/${encodeURIComponent((await test.simulatedRoom(roomName)).id)}/redeliver`, {}),
  receivedByFriend: async (test) => {
    const { messages } = await test.control(
      `/rooms/${encodeURIComponent((await test.simulatedRoom(roomName)).id)}/messages`,
    )
    return (messages as { from: string; text: string | null; mediaUrl: string | null }[]).filter(
      ({ from }) => from === account,
    )
  },
  end: (test) => test.control(`/accounts/${account}/kick`, { how: 'elsewhere' }),
}

async function writeInRoom(test: Robots, message: object) {
  const { id } = await test.simulatedRoom(roomName)
  return test.control(`/rooms/${encodeURIComponent(id)}/messages`, { from: friend, ...message })
}

export const ilinkPerson = 'wxid_liwei0000102'

export const ilinkDriver: ConnectionDriver = {
  connection: 'ilink',
  paths: { receive: '/getupdates', send: '/sendmessage', upload: '/upload' },
  isRedelivered: false,
  givenRobot: (test) => test.givenRobot({ connection: 'ilink' }),
  async logIn(test, worker, robotId) {
    const { sessionId, qrcode } = await askForIlinkCode(test, worker, robotId)
    await test.control(`/ilink/codes/${qrcode}/scan`, { wxid: ilinkPerson })
    await test.control(`/ilink/codes/${qrcode}/confirm`, {})
    await test.until(async () => (await test.session(sessionId))?.state === 'online')
    return sessionId
  },
  target: async () => 'owner',
  say: (test, text) => test.control(`/ilink/people/${ilinkPerson}/messages`, { type: 'text', text }),
  sayImage: (test, bytes) =>
    test.control(`/ilink/people/${ilinkPerson}/messages`, { type: 'image', bytesBase64: bytes.toString('base64') }),
  redeliver: (test) => test.control(`/ilink/people/${ilinkPerson}/redeliver`, {}),
  closeWindow: (test) => test.control('/ilink/clock', { aheadMs: windowMs('ilink') }),
  receivedByFriend: async (test) => {
    const { messages } = await test.control(`/ilink/people/${ilinkPerson}/messages`)
    return (messages as { from: string; text: string; mediaUrl: string | null }[]).filter(({ from }) => from === 'bot')
  },
  end: (test) => test.control(`/ilink/people/${ilinkPerson}/end`, {}),
}

const kfAccount = 'wkSimulator0001'
const kfPerson = 'wxid_liwei0000102'
const kfChat = `/wecom/accounts/${kfAccount}/people/${kfPerson}`

export const wecomDriver: ConnectionDriver = {
  connection: 'wecom_kf',
  paths: { receive: '/sync_msg', send: '/send_msg', upload: '/media/upload' },
  isRedelivered: true,
  givenRobot: (test) => test.givenRobot({ connection: 'wecom_kf' }),
  async logIn(test, worker, robotId) {
    const { connectorId } = await connectCompany(test)
    await test.sql`update robots set connector_id = ${connectorId}, username = ${kfAccount} where id = ${robotId}`
    await test.db.transaction((tx) => startKfSessions(tx))
    await worker.wake(robotId)
    const online = () => test.sql`select id from sessions where robot_id = ${robotId} and state = 'online'`
    await test.until(async () => (await online()).length > 0)
    return (await online())[0]!['id'] as string
  },
  target: async () => `wm${Buffer.from(kfPerson).toString('base64url')}`,
  say: (test, text) => test.control(`${kfChat}/messages`, { type: 'text', text }),
  sayImage: (test, bytes) =>
    test.control(`${kfChat}/messages`, { type: 'image', bytesBase64: bytes.toString('base64') }),
  redeliver: (test) => test.control(`${kfChat}/redeliver`, {}),
  closeWindow: (test) => test.control('/wecom/clock', { aheadMs: windowMs('wecom_kf') }),
  receivedByFriend: async (test) => {
    const { messages } = await test.control(`${kfChat}/messages`)
    return (messages as { from: string; text: string | null; mediaUrl: string | null }[]).filter(
      ({ from }) => from === 'api',
    )
  },
  async end(test) {
    await test.control('/wecom/settings', { secret: 'another-secret' })
    await test.control('/wecom/tokens/expire', {})
  },
}

/** Creates the connector of the simulated company, as if its callback URL had been verified. */
export async function connectCompany(test: Robots): Promise<{ connectorId: string; callbackKey: string }> {
  const { corpId, secret } = await test.control('/wecom/state')
  const connector = newConnector.parse({
    type: 'wecom',
    name: `企业 ${newKey()}`,
    settings: { corpId },
    secrets: { agentSecret: secret, ...callbackSecrets },
  })
  return test.db.transaction(async (tx) => {
    const created = await createConnector(tx, { sealer: testSealer, connector, applicationIds: [] })
    const { connectorId } = created
    await recordVerification(tx, { connectorId, callbackHash: callbackHashOf(callbackSecrets) })
    return created
  })
}

export const callbackSecrets = { callbackToken: 'callbackToken1', callbackAesKey: 'k'.repeat(43) }

/** Begins a login and waits for its code. */
export async function askForIlinkCode(test: Robots, worker: Waker, robotId: string) {
  const login = { robotId, callbackUrl: null, agentId: null }
  const { sessionId, commandId } = await test.db.transaction((tx) => requestLogin(tx, login))
  await worker.wake(robotId)
  if (commandId) await test.reply(commandId)
  return { sessionId, qrcode: await currentIlinkCode(test, sessionId) }
}

export async function currentIlinkCode(test: Robots, sessionId: string): Promise<string> {
  const content = (await test.session(sessionId))?.qrContent ?? ''
  return new URL(content).searchParams.get('qrcode') ?? ''
}

export const gatewayDriver: ConnectionDriver = {
  ...webDriver,
  connection: 'gateway',
  paths: { receive: '/checkOnline', send: '/postText', upload: '/postImage' },
  givenRobot: (test) => test.givenGatewayRobot(),
  async logIn(test, worker, robotId) {
    const { sessionId, uuid } = await askForGatewayCode(test, worker, robotId)
    await test.control(`/gateway/codes/${uuid}/scan`, { wxid: account })
    await test.control(`/gateway/codes/${uuid}/confirm`, {})
    await test.until(async () => (await test.session(sessionId))?.state === 'online')
    await test.until(async () => (await test.rooms(robotId)).length > 0)
    return sessionId
  },
  end: (test) => test.control(`/gateway/accounts/${account}/drop`, {}),
}

/** Begins a login and waits for its code. */
async function askForGatewayCode(test: Robots, worker: Waker, robotId: string) {
  const login = { robotId, callbackUrl: null, agentId: null }
  const { sessionId, commandId } = await test.db.transaction((tx) => requestLogin(tx, login))
  await worker.wake(robotId)
  if (commandId) await test.reply(commandId)
  const content = (await test.session(sessionId))?.qrContent ?? ''
  return { sessionId, uuid: content.replace(/^.*\/x\//, '') }
}
