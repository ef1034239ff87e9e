import { PassThrough } from 'node:stream'
import { inspect } from 'node:util'
import { sql } from 'drizzle-orm'
import { Client } from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { describeError, explainError, stripValues } from '@/lib/describe-error'

const canary = 'canary-7f3a'
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await database.sql.unsafe(`
    create table things (id text primary key, size integer check (size < 10), note text not null);
    insert into things values ('${canary}', 1, '${canary}');
    create function refuse(value text) returns text language plpgsql as $$
      begin raise exception 'refused %', value using detail = value, hint = value; end $$;
  `)
})
afterAll(() => database.drop())

/** Each function fails at its statement, with the canary among its parameters. */
const failures: Array<[name: string, code: string, statement: string]> = [
  ['a unique violation', '23505', 'insert into things values ($1, 1, $1)'],
  ['a not-null violation', '23502', 'insert into things (id) values ($1)'],
  ['a check violation', '23514', `insert into things values ('x', 99, $1)`],
  ['a text that is not a number', '22P02', 'select $1::text::integer'],
  ['a text that is not JSON', '22P02', 'select $1::text::jsonb'],
  ['a text that is not a time', '22007', 'select $1::text::timestamptz'],
  ['an error that a function raises', 'P0001', 'select refuse($1::text)'],
  ['a column that does not exist', '42703', 'select nope from things where id = $1'],
]

/** The statement as drizzle sends it, with the canary as its only parameter. */
function byDrizzle(statement: string): Promise<unknown> {
  const parts = statement.split('$1')
  const chunks = parts.flatMap((part, index) => (index === 0 ? [sql.raw(part)] : [sql`${canary}`, sql.raw(part)]))
  return database.db.execute(sql.join(chunks)).then(
    () => null,
    (error: unknown) => error,
  )
}

async function byPg(statement: string): Promise<unknown> {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  const thrown = await client.query(statement, [canary]).catch((error: unknown) => error)
  await client.end()
  return thrown
}

const byDriver = (statement: string): Promise<unknown> =>
  database.sql.unsafe(statement, [canary]).catch((error: unknown) => error)

describe.each(failures)('%s (%s)', (_, code, statement) => {
  it('thrown by drizzle contains statement and reason, but no value, in every output', async () => {
    const thrown = await byDrizzle(statement)
    const wrapped = new Error('it failed', { cause: thrown })
    for (const error of [thrown, wrapped]) {
      expect(`${inspect(error, { depth: 9 })} ${String(error)} ${(error as Error).stack}`).not.toContain(canary)
      expect(explainError(error)).not.toContain(canary)
    }
    expect(describeError(thrown)).toMatchObject({ statement: expect.stringContaining('$1'), cause: { code } })
  })

  it.each([byDriver, byPg])(
    'thrown by a driver is described, logged and passed on without a value (%#)',
    async (run) => {
      const thrown = await run(statement)
      expect(describeError(thrown)).toMatchObject({ code, severity: 'ERROR' })
      expect(logged(new Error('it failed', { cause: new AggregateError([thrown]) }))).not.toContain(canary)
      expect(explainError(thrown)).not.toContain(canary)
      expect(inspect(stripValues(thrown), { depth: 9 })).not.toContain(canary)
    },
  )
})

it('an error of our own keeps its message', () => {
  expect(explainError(new Error('Select: --id ID'))).toBe('Select: --id ID')
  expect(explainError(new Error('outer', { cause: new Error('inner') }))).toBe('outer')
})

function logged(error: unknown): string {
  const stream = new PassThrough()
  pino({ serializers: { err: (thrown: unknown) => describeError(thrown) } }, stream).error({ err: error }, 'failed')
  return String(stream.read())
}
