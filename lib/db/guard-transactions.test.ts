import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { connectDatabase, type DatabaseConnection, type Tx } from '@/lib/db/client'

let database: TestDatabase
let own: DatabaseConnection
beforeAll(async () => {
  database = await createTestDatabase()
  await database.sql`create table notes (text text)`
  // One connection: the driver reopens it for a waiting query in the middle of the transaction that lost it.
  own = connectDatabase(database.url, { maxConnections: 1, name: 'own' })
})
afterAll(async () => {
  await own.close()
  await database.drop()
})
beforeEach(async () => void (await database.sql`truncate notes`))

const write = (tx: Tx, text: string) => tx.execute(sql`insert into notes values (${text})`)
const notes = async () => (await database.sql`select text from notes`).map(({ text }) => text)
/** Closes the connection of the transaction, and makes the pool open another for a query outside of it. */
async function loseConnection(): Promise<void> {
  const bystander = own.sql`select 1`.catch(() => [])
  await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'own'`
  await bystander
  await own.sql`select 1`
}

it('the remaining statements of a transaction that lost its connection are not executed', async () => {
  const left: Promise<unknown>[] = []
  const transaction = own.db.transaction(async (tx) => {
    await write(tx, '之前')
    await loseConnection()
    left.push(write(tx, '之后'))
    await left[0]
  })
  await expect(transaction).rejects.toThrow(/CONNECTION_CLOSED/)
  await expect.poll(() => left).toHaveLength(1)
  await expect(left[0]).rejects.toThrow()
  expect(await notes()).toEqual([])
})

it('a transaction that lost its connection before the commit fails', async () => {
  const transaction = own.db.transaction(async (tx) => {
    await write(tx, '之前')
    await loseConnection()
  })
  await expect(transaction).rejects.toThrow(/CONNECTION_CLOSED/)
  expect(await notes()).toEqual([])
})

it('a connection lost during a statement fails the transaction, and the next transaction succeeds', async () => {
  const transaction = own.db.transaction(async (tx) => {
    await write(tx, '之前')
    await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`)
  })
  await expect(transaction).rejects.toThrow()
  await own.db.transaction((tx) => write(tx, '下一个'))
  expect(await notes()).toEqual(['下一个'])
})

it('an error of the callback rolls back and is thrown unchanged', async () => {
  const failure = new Error('no')
  const transaction = own.db.transaction(async (tx) => {
    await write(tx, '之前')
    throw failure
  })
  await expect(transaction).rejects.toBe(failure)
  await own.db.transaction((tx) => write(tx, '下一个'))
  expect(await notes()).toEqual(['下一个'])
})
