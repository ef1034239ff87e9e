import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { acceptMessage } from '@/lib/message/accept-message'
import { cancelOverdueMessages, cancelQueuedMessage } from '@/lib/message/cancel-message'
import { requeueMessage } from '@/lib/message/settle-message'
import { peekNextMessage, claimMessage } from '@/lib/message/claim-next-message'

let database: TestDatabase
let robotId: string
let messageId: string
const inTx = <T>(act: Parameters<typeof database.db.transaction<T>>[0]) => database.db.transaction(act)
const stored = async () => (await database.db.select().from(messages).where(eq(messages.id, messageId)))[0]
const makeOverdue = () =>
  database.sql`update messages set deadline_at = now() - interval '1 second' where id = ${messageId}`
async function claim(): Promise<boolean> {
  const send = await inTx((tx) => peekNextMessage(tx, { robotId }))
  return send !== null && inTx((tx) => claimMessage(tx, send))
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

describe('a queued message', () => {
  it('G1: a queued message is cancelled at the deadline, and then never sent', async () => {
    expect(await cancelQueuedMessage(database.db, { messageId })).toMatchObject({ code: 'COMMAND_TIMEOUT' })
    expect(await claim()).toBe(false)
    expect(await stored()).toMatchObject({ state: 'cancelled', errorCode: 'COMMAND_TIMEOUT' })
  })

  it('G1: a queued message is not cancelled once it is being sent', async () => {
    expect(await claim()).toBe(true)
    expect(await cancelQueuedMessage(database.db, { messageId })).toBeNull()
    expect(await stored()).toMatchObject({ state: 'sending' })
  })

  it('G1: a queued message is not sent if it was cancelled after the owner read it', async () => {
    const send = await inTx((tx) => peekNextMessage(tx, { robotId }))
    await cancelQueuedMessage(database.db, { messageId })
    expect(send && (await inTx((tx) => claimMessage(tx, send)))).toBe(false)
  })

  it('A5: a queued message is cancelled as WECHAT_UNREACHABLE while the robot is reconnecting', async () => {
    await database.sql`update sessions set state = 'reconnecting' where robot_id = ${robotId}`
    expect(await cancelQueuedMessage(database.db, { messageId })).toMatchObject({ code: 'WECHAT_UNREACHABLE' })
  })

  it('A5: a queued message is cancelled as WECHAT_UNREACHABLE after an attempt that failed that way', async () => {
    await claim()
    await inTx((tx) => requeueMessage(tx, { messageId, code: 'WECHAT_UNREACHABLE' }))
    expect(await cancelQueuedMessage(database.db, { messageId })).toMatchObject({ code: 'WECHAT_UNREACHABLE' })
  })

  it('A11: a queued message is cancelled when it is overdue, even if the robot has no owner', async () => {
    await inTx((tx) => cancelOverdueMessages(tx))
    expect(await stored()).toMatchObject({ state: 'queued' })
    await makeOverdue()
    await inTx((tx) => cancelOverdueMessages(tx))
    expect(await stored()).toMatchObject({ state: 'cancelled', errorCode: 'COMMAND_TIMEOUT' })
  })

  it('A11: a queued message is cancelled by a repeated request only when it is overdue', async () => {
    expect(await cancelQueuedMessage(database.db, { messageId, isOverdue: true })).toBeNull()
    await makeOverdue()
    expect(await cancelQueuedMessage(database.db, { messageId, isOverdue: true })).not.toBeNull()
  })

  it('A11: keeps its position when it is requeued', async () => {
    const later = { robotId, toUser: 'filehelper', type: 'text', content: '后来', timeoutMs: 30_000 } as const
    await inTx((tx) => acceptMessage(tx, later))
    await claim()
    await inTx((tx) => requeueMessage(tx, { messageId, code: null }))
    expect(await inTx((tx) => peekNextMessage(tx, { robotId }))).toMatchObject({ messageId })
  })
})
