import postgres, { type Sql } from 'postgres'

type Callback = (tx: { unsafe: (...query: unknown[]) => unknown }) => Promise<unknown>

/**
 * Ends a transaction permanently when its connection is lost. The driver alone would continue with the remaining statements and the
 * rollback: on a closed socket, which ends the process (porsager/postgres#1208), or on a new connection, outside of the
 * transaction (#1155).
 */
export function guardTransactions(sql: Sql): void {
  const begin = sql.begin.bind(sql) as (...args: unknown[]) => Promise<unknown>
  const guarded = async (...args: unknown[]) => {
    const callback = args.pop() as Callback
    let isBegun = false
    let isOver = false
    const run = (tx: Parameters<Callback>[0]) => {
      isBegun = true
      const unsafe = tx.unsafe.bind(tx)
      tx.unsafe = (...query) => {
        if (isOver) throw new Error('the transaction has lost its connection')
        return unsafe(...query)
      }
      return settleUnless(() => isOver, callback(tx))
    }
    try {
      return await begin(...args, run).catch((error: unknown) => {
        if (isBegun || !isStale(error)) throw error
        return begin(...args, run)
      })
    } finally {
      isOver = true
    }
  }
  sql.begin = guarded as typeof sql.begin
}

/**
 * Returns whether an error belongs to the previous use of a connection. The driver keeps the error with which Postgres ended a
 * connection and rejects the first statement of the reopened one with it, without sending that statement.
 */
function isStale(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.severity === 'FATAL' && error.query !== 'begin '
}

/** Never settles once the transaction is over: the driver has already rejected it, and nothing remains to commit or roll back. */
async function settleUnless(isOver: () => boolean, running: Promise<unknown>): Promise<unknown> {
  const never = new Promise<never>(() => {})
  try {
    const result = await running
    return isOver() ? await never : result
  } catch (error) {
    // The running statement fails first, the transaction directly after it.
    await new Promise((resolve) => setImmediate(resolve))
    if (isOver()) await never
    throw error
  }
}
