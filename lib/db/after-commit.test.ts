import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { type Wakes, wakeLaneAfterCommit, wakeRobotAfterCommit } from '@/lib/db/after-commit'
import { connectDatabase, type DatabaseConnection, type Tx } from '@/lib/db/client'

let database: TestDatabase
let own: DatabaseConnection
let received: Wakes[]
beforeAll(async () => {
  database = await createTestDatabase()
  await database.sql`create table notes (text text)`
  own = connectDatabase(database.url)
})
afterAll(async () => {
  await own.close()
  await database.drop()
})
beforeEach(() => {
  received = []
  own.onCommit((wakes) => received.push(wakes))
})

const fail = async (tx: Tx) => {
  wakeLaneAfterCommit(tx, 'lane_lost')
  throw new Error('rolled back')
}

it('wakes of one transaction arrive once, without repeats', async () => {
  await own.db.transaction(async (tx) => {
    for (const lane of ['lane_a', 'lane_b', 'lane_a']) wakeLaneAfterCommit(tx, lane)
    wakeRobotAfterCommit(tx, 'rbt_a')
    wakeRobotAfterCommit(tx, 'rbt_a')
  })
  expect(received).toEqual([{ robotIds: new Set(['rbt_a']), lanes: new Set(['lane_a', 'lane_b']) }])
})

it('a wake arrives after its rows can be read by another connection', async () => {
  const seen = new Promise<number>((resolve) =>
    own.onCommit(() => void database.sql`select from notes`.then((rows) => resolve(rows.length))),
  )
  await own.db.transaction(async (tx) => {
    wakeLaneAfterCommit(tx, 'lane_a')
    await tx.execute(sql`insert into notes values ('committed')`)
  })
  expect(await seen).toBe(1)
})

it('a rollback drops the wakes of its transaction', async () => {
  await expect(own.db.transaction(fail)).rejects.toThrow('rolled back')
  expect(received).toEqual([])
})

it('a rollback to a savepoint drops only the wakes since the savepoint', async () => {
  await own.db.transaction(async (tx) => {
    wakeLaneAfterCommit(tx, 'lane_kept')
    await tx.transaction(async (savepoint) => wakeRobotAfterCommit(savepoint, 'rbt_kept'))
    await tx.transaction(fail).catch(() => undefined)
  })
  expect(received).toEqual([{ robotIds: new Set(['rbt_kept']), lanes: new Set(['lane_kept']) }])
})

it('a transaction without wakes notifies no listener', async () => {
  await own.db.transaction((tx) => tx.execute(sql`select 1`))
  expect(received).toEqual([])
})

it('a connection without a transaction is refused', () => {
  expect(() => wakeLaneAfterCommit(own.db as Tx, 'lane_a')).toThrow('a wake can only follow the commit')
})
