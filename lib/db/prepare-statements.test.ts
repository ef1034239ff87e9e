import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { connectDatabase, type DatabaseConnection, type Tx } from '@/lib/db/client'
import { buildOnce, PreparedStatements } from '@/lib/db/prepare-statements'
import { tokens } from '@/lib/db/schema/application'
import { createSealer } from '@/lib/secret'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
const sealer = createSealer([{ id: 'test', key: Buffer.from('0123456789abcdef0123456789abcdef') }])
const tenant = { sealer, name: '测试应用', callbackUrl: null }
const own: DatabaseConnection[] = []
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(async () => {
  await Promise.all(own.map((connection) => connection.close()))
  await database.drop()
})

function connect(isPreparing: boolean): DatabaseConnection {
  const connection = connectDatabase(database.url, { maxConnections: 1, isPreparing })
  own.push(connection)
  return connection
}
const ask = (tx: Pick<Tx, 'execute'>, value: number) => tx.execute(sql`select ${value}::int + 1 as next`)
const preparedCount = async ({ db }: DatabaseConnection) => {
  const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count from pg_prepared_statements
    where statement like 'select $1::int + 1%'`)
  return row?.count
}

describe('a repeated statement', () => {
  it('a repeated statement is prepared once per connection, in and outside of transactions and savepoints', async () => {
    const connection = connect(true)
    await ask(connection.db, 1)
    expect(await preparedCount(connection)).toBe(0)
    const results = await connection.db.transaction(async (tx) => [
      ...(await ask(tx, 2)),
      ...(await tx.transaction((savepoint) => ask(savepoint, 3))),
    ])
    expect([...results, ...(await ask(connection.db, 4))]).toEqual([{ next: 3 }, { next: 4 }, { next: 5 }])
    expect(await preparedCount(connection)).toBe(1)
  })

  it('a repeated statement is not prepared when the setting is off', async () => {
    const connection = connect(false)
    for (const value of [1, 2, 3]) await ask(connection.db, value)
    expect(await preparedCount(connection)).toBe(0)
  })

  it('succeeds after a migration has changed the type of its result', async () => {
    const { db } = connect(true)
    await database.sql`create table things (size integer); insert into things values (1)`.simple()
    const read = () => db.execute(sql`select size from things`)
    for (let run = 0; run < 3; run++) await read()
    await database.sql`alter table things alter column size type text`
    expect([...(await read())]).toEqual([{ size: '1' }])
  })
})

it('the number of prepared statements is bounded', () => {
  const statements = new PreparedStatements()
  const isIncluded = (number: number) => (
    statements.includes(`select ${number}`),
    statements.includes(`select ${number}`)
  )
  const included = Array.from({ length: 2000 }, (_, number) => isIncluded(number)).filter(Boolean)
  expect(included).toHaveLength(500)
  expect([statements.includes('select 0'), statements.includes('select 1999')]).toEqual([true, false])
})

describe('a query that is built once', () => {
  const findToken = buildOnce((db) =>
    db
      .select({ name: tokens.name, createdAt: tokens.createdAt })
      .from(tokens)
      .where(eq(tokens.id, sql.placeholder('id'))),
  )

  it('runs on its pool or transaction, with the values of each run and mapped results', async () => {
    await database.db.transaction((tx) => createApplication(tx, tenant))
    const { db } = connect(true)
    const [{ id } = { id: '' }] = await db.select({ id: tokens.id }).from(tokens)
    const [before] = await findToken(db, { id })
    expect(before?.createdAt).toBeInstanceOf(Date)
    expect(await findToken(db, { id: 'tok_unknown' })).toEqual([])
    await database.db.transaction(async (tx) => {
      await tx.update(tokens).set({ name: 'changed' }).where(eq(tokens.id, id))
      expect(await findToken(tx, { id })).toMatchObject([{ name: 'changed' }])
      expect(await findToken(db, { id })).toEqual([before])
    })
    expect(await findToken(db, { id })).toMatchObject([{ name: 'changed' }])
  })

  it('a query that is built once is prepared only if the pool prepares statements', async () => {
    for (const isPreparing of [true, false]) {
      const { db } = connect(isPreparing)
      for (let run = 0; run < 2; run++) await findToken(db, { id: 'tok_unknown' })
      const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count from pg_prepared_statements
        where statement like 'select "name", "created_at" from "tokens"%'`)
      expect(row?.count).toBe(isPreparing ? 1 : 0)
    }
  })
})
