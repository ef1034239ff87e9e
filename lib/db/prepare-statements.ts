import { PostgresJsSession } from 'drizzle-orm/postgres-js'
import type { Db } from '@/lib/db/client'

/** Maximum prepared statements of a process; each of its connections keeps its own copy of each. */
const maxPrepared = 500
/** Maximum statements that are remembered as run once. */
const maxSeenOnce = 1000

/** The statements that the connections of a pool prepare, and those that have run once. */
export class PreparedStatements {
  readonly #prepared = new Set<string>()
  readonly #seenOnce = new Set<string>()

  /** Returns whether a statement is sent as a prepared one: from its second run on, as long as there is room. */
  includes(statement: string): boolean {
    if (this.#prepared.has(statement)) return true
    if (this.#seenOnce.delete(statement) && this.#prepared.size < maxPrepared) {
      this.#prepared.add(statement)
      return true
    }
    if (this.#seenOnce.size >= maxSeenOnce) this.#seenOnce.clear()
    this.#seenOnce.add(statement)
    return false
  }
}

// The options of a session: its transactions and savepoints share that object.
const statementsKey = Symbol.for('wxbot.preparedStatements')
type Options = { [statementsKey]?: PreparedStatements }
type PrepareQuery = (this: { options: Options }, query: { sql: string }, fields: unknown, name?: string) => unknown

/**
 * Makes `db` prepare the statements that it repeats: Postgres then parses and plans them once per connection, and they take one
 * round trip instead of two. drizzle alone sends each query of a builder as a new one.
 */
export function prepareStatements(db: Db): void {
  const { session } = db as unknown as { session: { options: Options } }
  session.options[statementsKey] = new PreparedStatements()
  const prototype = PostgresJsSession.prototype as unknown as { prepareQuery: PrepareQuery & { prepares?: true } }
  const { prepareQuery } = prototype
  if (prepareQuery.prepares) return
  const preparing: PrepareQuery = function (query, fields, name, ...more) {
    const isPrepared = this.options[statementsKey]?.includes(query.sql) ?? false
    // The session prepares a query that has a name; the driver chooses the name that Postgres sees.
    return prepareQuery.call(this, query, fields, name ?? (isPrepared ? 'repeated' : undefined), ...more)
  }
  prototype.prepareQuery = Object.assign(preparing, { prepares: true as const })
}

type Values = Record<string, unknown>
type Built<Result> = { execute(values?: Values): Promise<Result> }

/**
 * Returns a function that runs a query whose statement is built once per pool: drizzle takes longer to build one with many columns than
 * Postgres takes to run it. What differs between the runs is a placeholder (`sql.placeholder`).
 */
export function buildOnce<Result>(build: (db: Db) => { prepare(name: string): Built<Result> }) {
  const builtOf = new WeakMap<Options, Built<Result>>()
  return async (db: Db, values: Values): Promise<Result> => {
    const { options, client } = (db as unknown as { session: { options: Options; client: unknown } }).session
    let built = builtOf.get(options)
    if (!built) {
      // Without a name it is sent unprepared, as all statements are if the pool prepares none.
      built = build(db).prepare((options[statementsKey] ? 'built-once' : undefined) as string)
      builtOf.set(options, built)
    }
    // A transaction has a connection of its own.
    const query = Object.create(built, { client: { value: client } }) as Built<Result>
    return query.execute(values)
  }
}
