import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { listAudit } from './list-audit'
import { recordAudit } from './record-audit'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

it('lists who changed what, newest first, page by page and by target', async () => {
  for (const targetId of ['a', 'b', 'a'])
    await recordAudit(database.db, { actor: 'cli', action: 'token.issue', targetId, peerAddress: '::1' })
  const [newest, second] = await listAudit(database.db, { limit: 2 })
  expect([newest?.targetId, second?.targetId]).toEqual(['a', 'b'])
  const older = await listAudit(database.db, { targetId: 'a', beforeId: newest?.id, limit: 10 })
  expect(older).toMatchObject([{ actor: 'cli', action: 'token.issue', targetId: 'a', detail: {}, peerAddress: '::1' }])
})
