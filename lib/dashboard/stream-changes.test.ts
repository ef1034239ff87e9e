import { afterAll, beforeAll, expect, it } from 'vitest'
import { streamChanges } from '@/lib/dashboard/stream-changes'
import { captureLog } from '@/lib/testing/capture-log'
import { announceChange, listenForReplies, type Replies } from '@/lib/queue/reply'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
let replies: Replies
beforeAll(async () => {
  database = await createTestDatabase()
  const { log } = captureLog()
  replies = await listenForReplies({ databaseUrl: database.url, db: database.db, log })
})
afterAll(async () => {
  await replies.close()
  await database.drop()
})

function open(signal = new AbortController().signal) {
  const stream = streamChanges(replies, { signal, isSignedIn: () => Promise.resolve(true) })!
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  return {
    async next() {
      const { value } = await reader.read()
      return value && decoder.decode(value)
    },
  }
}

it('changes that are announced together arrive as one event, commands are left out', async () => {
  const page = open()
  expect(await page.next()).toMatch(/^:/)
  await database.db.transaction(async (tx) => {
    for (const id of ['cnv_1', 'msg_1', 'cmd_1', 'cnv_1']) await announceChange(tx, id)
  })
  expect(await page.next()).toBe('data: {"ids":["cnv_1","msg_1"]}\n\n')
})

it('a change that is rolled back is not sent', async () => {
  const page = open()
  await page.next()
  const rollback = database.db.transaction(async (tx) => {
    await announceChange(tx, 'cnv_lost')
    throw new Error('rollback')
  })
  await rollback.catch(() => undefined)
  await announceChange(database.db, 'cnv_2')
  expect(await page.next()).toBe('data: {"ids":["cnv_2"]}\n\n')
})

it('more changes than a batch holds become one that may concern anything', async () => {
  const page = open()
  await page.next()
  await database.db.transaction(async (tx) => {
    for (let index = 0; index < 250; index++) await announceChange(tx, `cnv_${index}`)
  })
  expect(await page.next()).toBe('data: {"ids":null}\n\n')
})

it('a stream ends when its page is closed, and when the process stops', async () => {
  const closing = new AbortController()
  const page = open(closing.signal)
  const other = open()
  await page.next()
  await other.next()
  closing.abort()
  expect(await page.next()).toBeUndefined()
  replies.endSubscriptions()
  expect(await other.next()).toBeUndefined()
})
