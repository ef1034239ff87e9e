import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messages } from '../db/schema/message'
import { givenRobot, givenRoom, givenSession } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { acceptMessage, type MessageInput } from './accept-message'

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
  it('G2: 50 equal requests at once with one key leave one message and get one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => accept({ idempotencyKey: 'order-1' })))
    expect(new Set(answers.map((answer) => answer.messageId)).size).toBe(1)
    expect(answers.filter((answer) => !answer.isRepeat)).toHaveLength(1)
    expect(await stored()).toHaveLength(1)
  })

  it('A11: refuses a key that was used with another content, naming the parameter', async () => {
    await accept({ idempotencyKey: 'order-2' })
    await expect(accept({ idempotencyKey: 'order-2', content: '再见' })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      options: { parameter: 'Idempotency-Key' },
    })
  })

  it('A11: forgets a key after 24 hours', async () => {
    const first = await accept({ idempotencyKey: 'order-3' })
    await database.db
      .update(messages)
      .set({ createdAt: sql`clock_timestamp() - interval '25 hours'` })
      .where(eq(messages.id, first.messageId))
    expect(await accept({ idempotencyKey: 'order-3', content: '再见' })).toMatchObject({ isRepeat: false })
  })

  it('A11: answers a repeat even after the session is gone', async () => {
    const first = await accept({ idempotencyKey: 'order-4' })
    await database.sql`update sessions set state = 'ended' where robot_id = ${robotId}`
    expect(await accept({ idempotencyKey: 'order-4' })).toEqual({ messageId: first.messageId, isRepeat: true })
  })

  it.each([
    ['our id', () => roomId],
    ['the current @@…', () => '@@now'],
  ])('takes a room by %s', async (_title, toUser) => {
    await accept({ toUser: toUser() })
    expect(await stored()).toMatchObject([{ roomId, state: 'queued' }])
  })

  it.each(['filehelper', '@1a2b3c'])('takes %s as a contact', async (toUser) => {
    await accept({ toUser })
    expect(await stored()).toMatchObject([{ roomId: null, peerUsername: toUser }])
  })

  it('A5: refuses a room of another robot as one that does not exist', async () => {
    const otherRobotId = await givenRobot(database.db)
    const foreign = await givenRoom(database.db, { robotId: otherRobotId, name: '别家的群', username: '@@foreign' })
    for (const toUser of [foreign, '@@foreign', 'room_nowhere'])
      await expect(accept({ toUser })).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' })
  })

  it('A5: refuses a robot without a live session', async () => {
    await database.sql`update sessions set state = 'ended' where robot_id = ${robotId}`
    await expect(accept()).rejects.toMatchObject({ code: 'SESSION_GONE' })
  })

  it('A11: queues nothing that could not go out before its deadline', async () => {
    await database.sql`update robots set send_rate_per_minute = 60 where id = ${robotId}`
    for (let index = 0; index < 3; index++) await accept({ timeoutMs: 4000 })
    await expect(accept({ timeoutMs: 4000 })).rejects.toMatchObject({ code: 'WECHAT_TOO_OFTEN' })
    expect(await stored()).toHaveLength(3)
  })

  it('A11: counts the distance to the last send', async () => {
    await database.sql`update robots set send_rate_per_minute = 1, last_send_at = clock_timestamp() where id = ${robotId}`
    await expect(accept({ timeoutMs: 30_000 })).rejects.toMatchObject({ code: 'WECHAT_TOO_OFTEN' })
    await database.sql`update robots set last_send_at = clock_timestamp() - interval '2 minutes' where id = ${robotId}`
    expect(await accept({ timeoutMs: 30_000 })).toMatchObject({ isRepeat: false })
  })

  it('A11: at most 1,000 messages wait, also when many are accepted at once', async () => {
    await database.sql`insert into messages (id, robot_id, direction, type, state, content, deadline_at)
      select 'msg_' || ${robotId} || n, ${robotId}, 'out', 'text', 'queued', '等', now() + interval '1 day'
      from generate_series(1, 995) n`
    const accepted = await Promise.allSettled(Array.from({ length: 10 }, () => accept({ timeoutMs: 86_400_000 })))
    expect(accepted.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    await expect(accept()).rejects.toMatchObject({ code: 'WECHAT_TOO_OFTEN' })
  })
})
