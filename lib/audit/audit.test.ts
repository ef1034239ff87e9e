import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { listAudit } from './list-audit'
import { listAuditKinds } from './list-audit-kinds'
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

it('lists by whom and what, and tells what there is to choose from', async () => {
  const who = { actor: 'operator:op_1', action: 'robot.login', targetId: 'rbt_1' }
  await recordAudit(database.db, who)
  expect(await listAudit(database.db, { actor: who.actor, limit: 10 })).toMatchObject([who])
  expect(await listAudit(database.db, { action: 'token.issue', limit: 10 })).toHaveLength(3)
  expect(await listAudit(database.db, { actor: who.actor, action: 'token.issue', limit: 10 })).toEqual([])
  expect(await listAuditKinds(database.db)).toEqual({
    actors: ['cli', who.actor],
    actions: ['robot.login', 'token.issue'],
  })
})
