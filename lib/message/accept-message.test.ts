import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { acceptMessage, type MessageInput } from '@/lib/message/accept-message'

let database: TestDatabase
let robotId: string
let roomId: string
const accept = (input: Partial<MessageInput> = {}) =>
  database.db.transaction((tx) =>
    acceptMessage(tx, { robotId, toUser: roomId, type: 'text', content: '你好', timeoutMs: 30_000, ...input }),
  )
const stored = () => database.db.select().from(messages).where(eq(messages.robotId, robotId))

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  robotId = await givenRobot(database.db)
  await givenSession(database.db, { robotId })
  roomId = await givenRoom(database.db, { robotId, name: '售后群', username: '@@now' })
})

describe('acceptMessage', () => {
  it('G2: 50 equal concurrent requests with one key enqueue one message and return one id', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => accept({ idempotencyKey: 'order-1' })))
    expect(new Set(results.map((result) => result.messageId)).size).toBe(1)
    expect(results.filter((result) => !result.isRepeat)).toHaveLength(1)
    expect(await stored()).toHaveLength(1)
  })

  it('A11: refuses a key that was used with other content, and names the parameter', async () => {
    await accept({ idempotencyKey: 'order-2' })
    await expect(accept({ idempotencyKey: 'order-2', content: '再见' })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      options: { parameter: 'Idempotency-Key' },
    })
  })

  it('A11: accepts a key again after 24 hours', async () => {
    const first = await accept({ idempotencyKey: 'order-3' })
    await database.db
      .update(messages)
      .set({ createdAt: sql`clock_timestamp() - interval '25 hours'` })
      .where(eq(messages.id, first.messageId))
    expect(await accept({ idempotencyKey: 'order-3', content: '再见' })).toMatchObject({ isRepeat: false })
  })

  it('A11: returns the same id to a repeat after the session has ended', async () => {
    const first = await accept({ idempotencyKey: 'order-4' })
    await database.sql`update sessions set state = 'ended' where robot_id = ${robotId}`
    expect(await accept({ idempotencyKey: 'order-4' })).toEqual({ messageId: first.messageId, isRepeat: true })
  })

  it.each([
    ['its id', () => roomId],
    ['its current @@…', () => '@@now'],
  ])('resolves a room by %s', async (_title, toUser) => {
    await accept({ toUser: toUser() })
    expect(await stored()).toMatchObject([{ roomId, state: 'queued' }])
  })

  it.each(['filehelper', '@1a2b3c'])('accepts %s as a contact', async (toUser) => {
    await accept({ toUser })
    expect(await stored()).toMatchObject([{ roomId: null, peerUsername: toUser }])
  })

  it('A5: refuses a room of another robot like an unknown one', async () => {
    const otherRobotId = await givenRobot(database.db)
    const foreign = await givenRoom(database.db, { robotId: otherRobotId, name: '别家的群', username: '@@foreign' })
    for (const toUser of [foreign, '@@foreign', 'room_nowhere'])
      await expect(accept({ toUser })).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' })
  })

  it('A5: refuses a robot without a live session', async () => {
    await database.sql`update sessions set state = 'ended' where robot_id = ${robotId}`
    await expect(accept()).rejects.toMatchObject({ code: 'SESSION_GONE' })
  })

  it('A11: refuses a message that cannot be sent before its deadline', async () => {
    await database.sql`update robots set send_rate_per_minute = 60 where id = ${robotId}`
    for (let index = 0; index < 3; index++) await accept({ timeoutMs: 4000 })
    await expect(accept({ timeoutMs: 4000 })).rejects.toMatchObject({ code: 'WECHAT_TOO_OFTEN' })
    expect(await stored()).toHaveLength(3)
  })

  it('A11: includes the time since the last send in the expected wait', async () => {
    await database.sql`update robots set send_rate_per_minute = 1, last_send_at = clock_timestamp() where id = ${robotId}`
    await expect(accept({ timeoutMs: 30_000 })).rejects.toMatchObject({ code: 'WECHAT_TOO_OFTEN' })
    await database.sql`update robots set last_send_at = clock_timestamp() - interval '2 minutes' where id = ${robotId}`
    expect(await accept({ timeoutMs: 30_000 })).toMatchObject({ isRepeat: false })
  })

  it('A11: queues a maximum of 1,000 messages, also for concurrent requests', async () => {
    await database.sql`insert into messages (id, robot_id, direction, type, state, content, deadline_at)
      select 'msg_' || ${robotId} || n, ${robotId}, 'out', 'text', 'queued', '等', now() + interval '1 day'
      from generate_series(1, 995) n`
    const accepted = await Promise.allSettled(Array.from({ length: 10 }, () => accept({ timeoutMs: 86_400_000 })))
    expect(accepted.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    await expect(accept()).rejects.toMatchObject({ code: 'WECHAT_TOO_OFTEN' })
  })
})
