import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cancelCommand } from '../command/cancel-command'
import { commands } from '../db/schema/command'
import { messages } from '../db/schema/message'
import { sessions } from '../db/schema/session'
import { cancelWaitingMessages } from '../message/cancel-waiting-messages'
import { getAnyRobotOrThrow } from '../robot/get-robot'
import { requestLogin } from '../session/request-login'
import { givenRobot, givenRoom, givenSession } from '../testing/factories'
import { openTestWeb, type StandInOwner, type TestWeb } from '../testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { deleteRobot } from './delete-robot'
import { loginAndWait } from './login-and-wait'
import { logoutAndWait } from './logout-and-wait'
import { sendAndWait } from './send-and-wait'
import { syncRoomsAndWait } from './sync-rooms-and-wait'

let database: TestDatabase
let web: TestWeb
let robotId: string
const owners: Array<{ close(): Promise<void> }> = []
const standIn = (owner: StandInOwner) => owners.push(web.standIn(owner))
const send = (options: { timeoutMs?: number; idempotencyKey?: string } = {}) =>
  sendAndWait(web.context, { robotId, toUser: 'filehelper', type: 'text', content: '你好', ...options })
const storedMessages = () => database.db.select().from(messages).where(eq(messages.robotId, robotId))
const setSession = (state: 'reconnecting' | 'waiting_scan', qrContent: string | null = null) =>
  database.db.update(sessions).set({ state, qrContent }).where(eq(sessions.robotId, robotId))

beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
})
afterAll(async () => {
  await web.close()
  await database.drop()
})
beforeEach(async () => {
  robotId = await givenRobot(database.db)
})
afterEach(async () => {
  await Promise.all(owners.splice(0).map((owner) => owner.close()))
})

describe('sendAndWait', () => {
  beforeEach(async () => void (await givenSession(database.db, { robotId })))

  it('answers with the message once WeChat took it', async () => {
    standIn({ message: () => ({ state: 'sent', wechatId: '7' }) })
    const { messageId } = await send()
    expect(await storedMessages()).toMatchObject([{ id: messageId, state: 'sent' }])
  })

  it("tells WeChat's refusal by its code", async () => {
    standIn({ message: () => ({ state: 'refused', code: 'WECHAT_TOO_OFTEN', message: '发送太频繁' }) })
    await expect(send()).rejects.toMatchObject({ code: 'WECHAT_TOO_OFTEN', message: '发送太频繁' })
  })

  it('G1: takes a message back that nobody began until the deadline', async () => {
    await expect(send({ timeoutMs: 200 })).rejects.toMatchObject({ code: 'COMMAND_TIMEOUT' })
    expect(await storedMessages()).toMatchObject([{ state: 'cancelled' }])
  })

  it('G1: tells at once that an operator took it back, and a repeat the same', async () => {
    const refusal = { code: 'ILLEGAL_ACTION', message: '操作员已取消，未发送' }
    const sent = send({ idempotencyKey: 'o' })
    await expect.poll(storedMessages).toHaveLength(1)
    const messageId = (await storedMessages())[0]?.id ?? ''
    const cancelled = database.db.transaction((tx) => cancelWaitingMessages(tx, { robotId, messageId }))
    await Promise.all([expect(sent).rejects.toMatchObject(refusal), cancelled])
    await expect(send({ idempotencyKey: 'o' })).rejects.toMatchObject(refusal)
  })

  it('A5: says that WeChat was out of reach when the robot was reconnecting and nothing left', async () => {
    await setSession('reconnecting')
    await expect(send({ timeoutMs: 200 })).rejects.toMatchObject({ code: 'WECHAT_UNREACHABLE' })
  })

  it('G1: says that the outcome is unknown when it was being sent at the deadline', async () => {
    standIn({ message: () => null })
    await expect(send({ timeoutMs: 1500 })).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(await storedMessages()).toMatchObject([{ state: 'sending' }])
  })

  it('G2: equal requests at once with one key get one answer', async () => {
    standIn({ message: () => ({ state: 'sent', wechatId: '8' }) })
    const answers = await Promise.all(Array.from({ length: 20 }, () => send({ idempotencyKey: 'k' })))
    expect(new Set(answers.map((answer) => answer.messageId)).size).toBe(1)
  })

  it('A11: a repeat gets the first answer, a refusal too, and nothing is sent anew', async () => {
    const ends = [{ state: 'refused', code: 'WECHAT_REFUSED', message: '微信拒绝了请求（Ret 1）' }] as const
    let sends = 0
    standIn({ message: () => ends[sends++] ?? { state: 'sent', wechatId: '1' } })
    const refusal = { code: 'WECHAT_REFUSED', message: '微信拒绝了请求（Ret 1）' }
    await expect(send({ idempotencyKey: 'r' })).rejects.toMatchObject(refusal)
    await expect(send({ idempotencyKey: 'r' })).rejects.toMatchObject(refusal)
    expect(sends).toBe(1)
  })

  it('A11: a repeat of what was cancelled gets the first answer, whatever has changed since', async () => {
    await setSession('reconnecting')
    const timeout = { code: 'WECHAT_UNREACHABLE' }
    await expect(send({ timeoutMs: 100, idempotencyKey: 'c' })).rejects.toMatchObject(timeout)
    await database.db.update(sessions).set({ state: 'online' }).where(eq(sessions.robotId, robotId))
    await expect(send({ idempotencyKey: 'c' })).rejects.toMatchObject(timeout)
  })

  it('a repeat whose time is up leaves the message to the first request', async () => {
    const first = send({ timeoutMs: 4000, idempotencyKey: 'k' })
    await expect.poll(storedMessages).toHaveLength(1)
    await expect(send({ timeoutMs: 200, idempotencyKey: 'k' })).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    standIn({ message: () => ({ state: 'sent', wechatId: '9' }) })
    expect(await first).toMatchObject({ messageId: (await storedMessages())[0]?.id })
  })

  it('waits that end early, as at a stop, are answered as at their deadline', async () => {
    const other = await openTestWeb(database)
    const input = { robotId, toUser: 'filehelper', type: 'text', content: '停' } as const
    const sent = sendAndWait(other.context, input)
    await expect.poll(storedMessages).toHaveLength(1)
    await Promise.all([expect(sent).rejects.toMatchObject({ code: 'COMMAND_TIMEOUT' }), other.context.replies.close()])
    await other.close()
    web = await openTestWeb(database)
  })
})

describe('loginAndWait', () => {
  const login = (callbackUrl: string | null = null) =>
    loginAndWait(web.context, { robotId, callbackUrl, agentId: 'AG123456' })

  it('answers with the link once the code is there, and a second call with the same link', async () => {
    standIn({ command: (command) => ({ result: { sessionId: command.id } }) })
    const { qrKey, qrcodeUrl } = await login()
    expect(qrcodeUrl).toBe(`http://wxbot.test/qr/${qrKey}`)
    await setSession('waiting_scan', 'https://login.weixin.qq.com/l/abc==')
    expect(await login()).toEqual({ qrKey, qrcodeUrl })
    expect(await getAnyRobotOrThrow(database.db, { robotId })).toMatchObject({ agentId: 'AG123456' })
  })

  it.each(['http://10.0.0.1/cb', 'ftp://example.com/', 'not a link', 'http://127.0.0.1:3000/'])(
    'refuses %s as callback_url and begins nothing',
    async (callbackUrl) => {
      await expect(login(callbackUrl)).rejects.toMatchObject({ options: { parameter: 'callback_url' } })
      expect(await database.db.select().from(commands).where(eq(commands.robotId, robotId))).toEqual([])
    },
  )

  it('asks the worker again when nobody took the first call up', async () => {
    const { commandId } = await database.db.transaction((tx) =>
      requestLogin(tx, { robotId, callbackUrl: null, agentId: null }),
    )
    expect(await cancelCommand(database.db, String(commandId))).toBe(true)
    const seen: string[] = []
    standIn({ command: (command) => (seen.push(command.type), { result: {} }) })
    await login()
    expect(seen).toEqual(['login'])
  })

  it('A7: gives up at its deadline; the attempt goes on, and the next call joins it', async () => {
    standIn({ command: () => null })
    const input = { robotId, callbackUrl: null, agentId: null, timeoutMs: 500 }
    await expect(loginAndWait(web.context, input)).rejects.toMatchObject({ code: 'COMMAND_TIMEOUT' })
    const [attempt] = await database.db.select().from(sessions).where(eq(sessions.robotId, robotId))
    await setSession('waiting_scan', 'https://login.weixin.qq.com/l/abc==')
    expect(await login()).toMatchObject({ qrKey: attempt?.qrKey })
  })

  it.each(['WECHAT_UNREACHABLE', 'WECHAT_UNREADABLE'] as const)(
    'A5: tells why WeChat gave no code: %s',
    async (code) => {
      standIn({ command: () => ({ code, message: '没有二维码' }) })
      await expect(login()).rejects.toMatchObject({ code })
    },
  )

  it('A5: refuses a robot that is online', async () => {
    await givenSession(database.db, { robotId })
    await expect(login()).rejects.toMatchObject({ code: 'ILLEGAL_ACTION' })
  })
})

describe('syncRoomsAndWait, logoutAndWait, deleteRobot', () => {
  it('sync and logout refuse a robot without a live session', async () => {
    await expect(syncRoomsAndWait(web.context, { robotId })).rejects.toMatchObject({ code: 'SESSION_GONE' })
    await expect(logoutAndWait(web.context, { robotId })).rejects.toMatchObject({ code: 'SESSION_GONE' })
  })

  it('sync tells what WeChat answered', async () => {
    await givenSession(database.db, { robotId })
    standIn({ command: () => ({ code: 'WECHAT_UNREADABLE', message: '微信的回答无法识别' }) })
    await expect(syncRoomsAndWait(web.context, { robotId })).rejects.toMatchObject({ code: 'WECHAT_UNREADABLE' })
  })

  it('A10: sync gives up at its deadline, and is not begun afterwards', async () => {
    await givenSession(database.db, { robotId })
    const sync = syncRoomsAndWait(web.context, { robotId, timeoutMs: 300 })
    await expect(sync).rejects.toMatchObject({ code: 'COMMAND_TIMEOUT' })
    const asked = await database.db.select().from(commands).where(eq(commands.robotId, robotId))
    expect(asked).toMatchObject([{ type: 'sync_rooms', state: 'cancelled' }])
  })

  it('logout of a robot that waits for its scan is the owner’s to cancel', async () => {
    await givenSession(database.db, { robotId, state: 'waiting_scan' })
    const seen: string[] = []
    standIn({ command: (command) => (seen.push(command.type), { result: {} }) })
    await logoutAndWait(web.context, { robotId })
    expect(seen).toEqual(['logout'])
  })

  it('a deleted robot is gone at once and its logout is left in the mailbox', async () => {
    await givenSession(database.db, { robotId })
    await givenRoom(database.db, { robotId, name: '群', username: '@@1' })
    await deleteRobot(web.context, { robotId })
    await expect(getAnyRobotOrThrow(database.db, { robotId })).rejects.toMatchObject({ code: 'ROBOT_NOT_FOUND' })
    const left = await database.db.select().from(commands).where(eq(commands.robotId, robotId))
    expect(left).toMatchObject([{ type: 'logout', state: 'queued' }])
  })
})
