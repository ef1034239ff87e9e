import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { finishCommand } from '@/lib/command/finish-command'
import { requestCommand } from '@/lib/command/request-command'
import { createLogger } from '@/lib/logger'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { listenForReplies, type Replies } from '@/lib/queue/reply'

let database: TestDatabase
let replies: Replies
let commandId: string
const finish = () => database.db.transaction((tx) => finishCommand(tx, commandId, { result: { roomCount: 7 } }))

beforeAll(async () => {
  database = await createTestDatabase()
  const log = createLogger({ level: 'silent', process: 'test' })
  replies = await listenForReplies({ databaseUrl: database.url, db: database.db, log })
})
afterAll(async () => {
  await replies.close()
  await database.drop()
})
beforeEach(async () => {
  const robotId = await givenRobot(database.db)
  commandId = (
    await database.db.transaction((tx) => requestCommand(tx, { robotId, type: 'sync_rooms', timeoutMs: 10_000 }))
  ).commandId
})

describe('waiting for a reply', () => {
  it('ends when the row has ended', async () => {
    const waiting = replies.wait(commandId, 10_000)
    await finish()
    expect(await waiting).toMatchObject({ id: commandId, state: 'done', result: { roomCount: 7 } })
  })

  it('ends at once for a row that has already ended', async () => {
    await finish()
    expect(await replies.wait(commandId, 10_000)).toMatchObject({ state: 'done' })
  })

  it('notifies all waiters of the same row', async () => {
    const waiting = Promise.all([replies.wait(commandId, 10_000), replies.wait(commandId, 10_000)])
    await finish()
    expect(await waiting).toMatchObject([{ state: 'done' }, { state: 'done' }])
  })

  it('returns null at the deadline', async () => {
    expect(await replies.wait(commandId, 50)).toBeNull()
  })

  it('returns at once to all waiters and later callers after close', async () => {
    const log = createLogger({ level: 'silent', process: 'test' })
    const others = await listenForReplies({ databaseUrl: database.url, db: database.db, log })
    const waiting = others.wait(commandId, 60_000)
    await others.close()
    expect(await waiting).toBeNull()
    expect(await others.wait(commandId, 60_000)).toBeNull()
  })

  it('finds rows that ended while notifications were lost', async () => {
    const waiting = replies.wait(commandId, 10_000)
    await database.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen%'`
    await finish()
    expect(await waiting).toMatchObject({ state: 'done' })
  })
})
