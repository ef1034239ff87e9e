import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messages } from '../db/schema/message'
import { givenRobot, givenSession } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { acceptMessage } from './accept-message'
import { cancelOverdueMessages, cancelQueuedMessage } from './cancel-message'
import { putMessageBack } from './settle-message'
import { peekNextMessage, takeMessage } from './take-next-message'

let database: TestDatabase
let robotId: string
let messageId: string
const inTx = <T>(act: Parameters<typeof database.db.transaction<T>>[0]) => database.db.transaction(act)
const stored = async () => (await database.db.select().from(messages).where(eq(messages.id, messageId)))[0]
const makeOverdue = () =>
  database.sql`update messages set deadline_at = now() - interval '1 second' where id = ${messageId}`
async function take(): Promise<boolean> {
  const send = await inTx((tx) => peekNextMessage(tx, { robotId }))
  return send !== null && inTx((tx) => takeMessage(tx, send))
}

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  robotId = await givenRobot(database.db)
  await givenSession(database.db, { robotId })
  const message = { robotId, toUser: 'filehelper', type: 'text', content: '你好', timeoutMs: 30_000 } as const
  messageId = (await inTx((tx) => acceptMessage(tx, message))).messageId
})

describe('a message that waits', () => {
  it('G1: is taken back at the deadline, and then never sent', async () => {
    expect(await cancelQueuedMessage(database.db, { messageId })).toMatchObject({ code: 'COMMAND_TIMEOUT' })
    expect(await take()).toBe(false)
    expect(await stored()).toMatchObject({ state: 'cancelled', errorCode: 'COMMAND_TIMEOUT' })
  })

  it('G1: is not taken back once it is being sent', async () => {
    expect(await take()).toBe(true)
    expect(await cancelQueuedMessage(database.db, { messageId })).toBeNull()
    expect(await stored()).toMatchObject({ state: 'sending' })
  })

  it('G1: is not sent when it was taken back after the owner had seen it', async () => {
    const send = await inTx((tx) => peekNextMessage(tx, { robotId }))
    await cancelQueuedMessage(database.db, { messageId })
    expect(send && (await inTx((tx) => takeMessage(tx, send)))).toBe(false)
  })

  it('A5: says that WeChat was out of reach while the robot is reconnecting', async () => {
    await database.sql`update sessions set state = 'reconnecting' where robot_id = ${robotId}`
    expect(await cancelQueuedMessage(database.db, { messageId })).toMatchObject({ code: 'WECHAT_UNREACHABLE' })
  })

  it('A5: says that WeChat was out of reach when a try has shown so', async () => {
    await take()
    await inTx((tx) => putMessageBack(tx, { messageId, code: 'WECHAT_UNREACHABLE' }))
    expect(await cancelQueuedMessage(database.db, { messageId })).toMatchObject({ code: 'WECHAT_UNREACHABLE' })
  })

  it('A11: is cancelled when it is overdue, though nobody sends for that robot', async () => {
    await inTx((tx) => cancelOverdueMessages(tx))
    expect(await stored()).toMatchObject({ state: 'queued' })
    await makeOverdue()
    await inTx((tx) => cancelOverdueMessages(tx))
    expect(await stored()).toMatchObject({ state: 'cancelled', errorCode: 'COMMAND_TIMEOUT' })
  })

  it('A11: whose request is repeated is taken back by the repeat only when it is overdue', async () => {
    expect(await cancelQueuedMessage(database.db, { messageId, isOverdue: true })).toBeNull()
    await makeOverdue()
    expect(await cancelQueuedMessage(database.db, { messageId, isOverdue: true })).not.toBeNull()
  })

  it('A11: keeps its place when it is put back', async () => {
    const later = { robotId, toUser: 'filehelper', type: 'text', content: '后来', timeoutMs: 30_000 } as const
    await inTx((tx) => acceptMessage(tx, later))
    await take()
    await inTx((tx) => putMessageBack(tx, { messageId, code: null }))
    expect(await inTx((tx) => peekNextMessage(tx, { robotId }))).toMatchObject({ messageId })
  })
})
