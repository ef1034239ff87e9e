import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { sql } from 'drizzle-orm'
import { wakeLaneAfterCommit } from '@/lib/db/after-commit'
import { beforeCommit } from '@/lib/db/before-commit'
import type { Tx } from '@/lib/db/client'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.sql`create table notes (text text)`
})
afterAll(() => database.drop())
beforeEach(() => database.sql`delete from notes`)

const note = (text: string) => async (tx: Tx) => void (await tx.execute(sql`insert into notes values (${text})`))
const notes = async () => (await database.sql<{ text: string }[]>`select text from notes`).map(({ text }) => text)

it('a registered function runs last, once per key', async () => {
  await database.db.transaction(async (tx) => {
    beforeCommit(tx, 'a', note('last'))
    beforeCommit(tx, 'a', note('repeated'))
    await note('first')(tx)
  })
  expect(await notes()).toEqual(['first', 'last'])
})

it('registered functions run in the order of the keys, those that they register afterwards', async () => {
  await database.db.transaction(async (tx) => {
    beforeCommit(tx, 'c', note('third'))
    beforeCommit(tx, 'a', async (last) => {
      await note('first')(last)
      beforeCommit(last, 'a', note('never'))
      beforeCommit(last, '0', note('fourth'))
    })
    beforeCommit(tx, 'b', note('second'))
  })
  expect(await notes()).toEqual(['first', 'second', 'third', 'fourth'])
})

it('a failure before the commit rolls everything back', async () => {
  const failed = database.db.transaction(async (tx) => {
    await note('first')(tx)
    beforeCommit(tx, 'a', async () => {
      throw new Error('failed before the commit')
    })
  })
  await expect(failed).rejects.toThrow('failed before the commit')
  expect(await notes()).toEqual([])
})

it('a rollback to a savepoint drops what was registered since the savepoint', async () => {
  await database.db.transaction(async (tx) => {
    await tx.transaction(async (savepoint) => beforeCommit(savepoint, 'kept', note('kept')))
    const failed = tx.transaction(async (savepoint) => {
      beforeCommit(savepoint, 'lost', note('lost'))
      throw new Error('rolled back')
    })
    await failed.catch(() => undefined)
  })
  expect(await notes()).toEqual(['kept'])
})

it('a wake that is registered before the commit arrives after it', async () => {
  const wokenLanes: string[] = []
  database.onCommit(({ lanes }) => wokenLanes.push(...lanes))
  await database.db.transaction(async (tx) =>
    beforeCommit(tx, 'a', async (last) => wakeLaneAfterCommit(last, 'lane_a')),
  )
  expect(wokenLanes).toEqual(['lane_a'])
})

it('a connection without a transaction is refused', () => {
  expect(() => beforeCommit(database.db as Tx, 'a', note('never'))).toThrow('can act before its commit')
})
