import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cancelCommand } from '@/lib/command/finish-command'
import { commands } from '@/lib/db/schema/command'
import { messages } from '@/lib/db/schema/message'
import { sessions } from '@/lib/db/schema/session'
import { cancelWaitingMessages } from '@/lib/message/cancel-waiting-messages'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { requestLogin } from '@/lib/session/request-login'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type FakeWorker, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { deleteRobot } from '@/lib/actions/delete-robot'
import { logIn } from '@/lib/actions/log-in'
import { logOut } from '@/lib/actions/log-out'
import { sendMessage } from '@/lib/actions/send-message'
import { syncRooms } from '@/lib/actions/sync-rooms'

let database: TestDatabase
let web: TestWeb
let robotId: string
const owners: Array<{ close(): Promise<void> }> = []
const startFakeWorker = (owner: FakeWorker) => owners.push(web.startFakeWorker(owner))
const send = (options: { timeoutMs?: number; idempotencyKey?: string } = {}) =>
  sendMessage(web.context, { robotId, toUser: 'filehelper', type: 'text', content: '你好', ...options })
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

describe('sendMessage', () => {
  beforeEach(async () => void (await givenSession(database.db, { robotId })))

  it('returns the message once WeChat accepted it', async () => {
    startFakeWorker({ message: () => ({ state: 'sent', wechatId: '7' }) })
    const { messageId } = await send()
    expect(await storedMessages()).toMatchObject([{ id: messageId, state: 'sent' }])
  })

  it("throws WeChat's refusal with its code", async () => {
    startFakeWorker({ message: () => ({ state: 'refused', code: 'WECHAT_TOO_OFTEN', message: '发送太频繁' }) })
    await expect(send()).rejects.toMatchObject({ code: 'WECHAT_TOO_OFTEN', message: '发送太频繁' })
  })

  it('G1: cancels a message that was not started before the deadline', async () => {
    await expect(send({ timeoutMs: 200 })).rejects.toMatchObject({ code: 'COMMAND_TIMEOUT' })
    expect(await storedMessages()).toMatchObject([{ state: 'cancelled' }])
  })

  it('G1: fails at once when an operator cancels the message, and a repeat fails the same way', async () => {
    const refusal = { code: 'ILLEGAL_ACTION', message: '操作员已取消，未发送' }
    const sent = send({ idempotencyKey: 'o' })
    await expect.poll(storedMessages).toHaveLength(1)
    const messageId = (await storedMessages())[0]?.id ?? ''
    const cancelled = database.db.transaction((tx) => cancelWaitingMessages(tx, { robotId, messageId }))
    await Promise.all([expect(sent).rejects.toMatchObject(refusal), cancelled])
    await expect(send({ idempotencyKey: 'o' })).rejects.toMatchObject(refusal)
  })

  it('A5: throws WECHAT_UNREACHABLE when the robot is reconnecting and nothing left', async () => {
    await setSession('reconnecting')
    await expect(send({ timeoutMs: 200 })).rejects.toMatchObject({ code: 'WECHAT_UNREACHABLE' })
  })

  it('G1: throws OUTCOME_UNKNOWN when the message is being sent at the deadline', async () => {
    startFakeWorker({ message: () => null })
    await expect(send({ timeoutMs: 1500 })).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(await storedMessages()).toMatchObject([{ state: 'sending' }])
  })

  it('G2: equal concurrent requests with one key return one message', async () => {
    startFakeWorker({ message: () => ({ state: 'sent', wechatId: '8' }) })
    const results = await Promise.all(Array.from({ length: 20 }, () => send({ idempotencyKey: 'k' })))
    expect(new Set(results.map((result) => result.messageId)).size).toBe(1)
  })

  it('A11: a repeat gets the first result, also a refusal, and nothing is sent again', async () => {
    const ends = [{ state: 'refused', code: 'WECHAT_REFUSED', message: '微信拒绝了请求（Ret 1）' }] as const
    let sends = 0
    startFakeWorker({ message: () => ends[sends++] ?? { state: 'sent', wechatId: '1' } })
    const refusal = { code: 'WECHAT_REFUSED', message: '微信拒绝了请求（Ret 1）' }
    await expect(send({ idempotencyKey: 'r' })).rejects.toMatchObject(refusal)
    await expect(send({ idempotencyKey: 'r' })).rejects.toMatchObject(refusal)
    expect(sends).toBe(1)
  })

  it('A11: a repeat of a cancelled message gets the first result, whatever changed since', async () => {
    await setSession('reconnecting')
    const timeout = { code: 'WECHAT_UNREACHABLE' }
    await expect(send({ timeoutMs: 100, idempotencyKey: 'c' })).rejects.toMatchObject(timeout)
    await database.db.update(sessions).set({ state: 'online' }).where(eq(sessions.robotId, robotId))
    await expect(send({ idempotencyKey: 'c' })).rejects.toMatchObject(timeout)
  })

  it('a repeat at its deadline does not cancel the message of the first request', async () => {
    const first = send({ timeoutMs: 4000, idempotencyKey: 'k' })
    await expect.poll(storedMessages).toHaveLength(1)
    await expect(send({ timeoutMs: 200, idempotencyKey: 'k' })).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    startFakeWorker({ message: () => ({ state: 'sent', wechatId: '9' }) })
    expect(await first).toMatchObject({ messageId: (await storedMessages())[0]?.id })
  })

  it('a wait that ends early at a stop fails as at its deadline', async () => {
    const other = await openTestWeb(database)
    const input = { robotId, toUser: 'filehelper', type: 'text', content: '停' } as const
    const sent = sendMessage(other.context, input)
    await expect.poll(storedMessages).toHaveLength(1)
    await Promise.all([expect(sent).rejects.toMatchObject({ code: 'COMMAND_TIMEOUT' }), other.context.replies.close()])
    await other.close()
    web = await openTestWeb(database)
  })
})

describe('logIn', () => {
  const login = (callbackUrl: string | null = null) => logIn(web.context, { robotId, callbackUrl, agentId: 'AG123456' })

  it('returns the link once the QR code exists, and the same link to a second call', async () => {
    startFakeWorker({ command: (command) => ({ result: { sessionId: command.id } }) })
    const { qrKey, qrcodeUrl } = await login()
    expect(qrcodeUrl).toBe(`http://wxbot.test/qr/${qrKey}`)
    await setSession('waiting_scan', 'https://login.weixin.qq.com/l/abc==')
    expect(await login()).toEqual({ qrKey, qrcodeUrl })
    expect(await getAnyRobotOrThrow(database.db, { robotId })).toMatchObject({ agentId: 'AG123456' })
  })

  it.each(['http://10.0.0.1/cb', 'ftp://example.com/', 'not a link', 'http://127.0.0.1:3000/'])(
    'refuses %s as callback_url and starts nothing',
    async (callbackUrl) => {
      await expect(login(callbackUrl)).rejects.toMatchObject({ options: { parameter: 'callback_url' } })
      expect(await database.db.select().from(commands).where(eq(commands.robotId, robotId))).toEqual([])
    },
  )

  it('enqueues a new command when no worker started the first one', async () => {
    const { commandId } = await database.db.transaction((tx) =>
      requestLogin(tx, { robotId, callbackUrl: null, agentId: null }),
    )
    expect(await cancelCommand(database.db, String(commandId))).toBe(true)
    const types: string[] = []
    startFakeWorker({ command: (command) => (types.push(command.type), { result: {} }) })
    await login()
    expect(types).toEqual(['login'])
  })

  it('A7: times out at its deadline; the login continues, and the next call joins it', async () => {
    startFakeWorker({ command: () => null })
    const input = { robotId, callbackUrl: null, agentId: null, timeoutMs: 500 }
    await expect(logIn(web.context, input)).rejects.toMatchObject({ code: 'COMMAND_TIMEOUT' })
    const [session] = await database.db.select().from(sessions).where(eq(sessions.robotId, robotId))
    await setSession('waiting_scan', 'https://login.weixin.qq.com/l/abc==')
    expect(await login()).toMatchObject({ qrKey: session?.qrKey })
  })

  it.each(['WECHAT_UNREACHABLE', 'WECHAT_UNREADABLE'] as const)(
    'A5: throws %s when WeChat returns no QR code',
    async (code) => {
      startFakeWorker({ command: () => ({ code, message: '没有二维码' }) })
      await expect(login()).rejects.toMatchObject({ code })
    },
  )

  it('A5: refuses a robot that is online', async () => {
    await givenSession(database.db, { robotId })
    await expect(login()).rejects.toMatchObject({ code: 'ILLEGAL_ACTION' })
  })
})

describe('syncRooms, logOut, deleteRobot', () => {
  it('sync and logout refuse a robot without a live session', async () => {
    await expect(syncRooms(web.context, { robotId })).rejects.toMatchObject({ code: 'SESSION_GONE' })
    await expect(logOut(web.context, { robotId })).rejects.toMatchObject({ code: 'SESSION_GONE' })
  })

  it("sync throws WeChat's error", async () => {
    await givenSession(database.db, { robotId })
    startFakeWorker({ command: () => ({ code: 'WECHAT_UNREADABLE', message: '微信的响应无法识别' }) })
    await expect(syncRooms(web.context, { robotId })).rejects.toMatchObject({ code: 'WECHAT_UNREADABLE' })
  })

  it('A10: sync times out at its deadline, and is not started afterwards', async () => {
    await givenSession(database.db, { robotId })
    const sync = syncRooms(web.context, { robotId, timeoutMs: 300 })
    await expect(sync).rejects.toMatchObject({ code: 'COMMAND_TIMEOUT' })
    const stored = await database.db.select().from(commands).where(eq(commands.robotId, robotId))
    expect(stored).toMatchObject([{ type: 'sync_rooms', state: 'cancelled' }])
  })

  it('logout of a robot that waits for its scan is run by the owner', async () => {
    await givenSession(database.db, { robotId, state: 'waiting_scan' })
    const types: string[] = []
    startFakeWorker({ command: (command) => (types.push(command.type), { result: {} }) })
    await logOut(web.context, { robotId })
    expect(types).toEqual(['logout'])
  })

  it('a deleted robot is not found at once, and its logout stays queued', async () => {
    await givenSession(database.db, { robotId })
    await givenRoom(database.db, { robotId, name: '群', username: '@@1' })
    await deleteRobot(web.context, { robotId })
    await expect(getAnyRobotOrThrow(database.db, { robotId })).rejects.toMatchObject({ code: 'ROBOT_NOT_FOUND' })
    const queued = await database.db.select().from(commands).where(eq(commands.robotId, robotId))
    expect(queued).toMatchObject([{ type: 'logout', state: 'queued' }])
  })
})
