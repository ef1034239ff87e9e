import type { Sql } from 'postgres'

type Act = (tx: { unsafe: (...query: unknown[]) => unknown }) => Promise<unknown>

/**
 * Has a transaction end for good when its connection is lost. Of itself the driver goes on with what is left of it, the rollback too: into a
 * socket that is gone, which ends the process (porsager/postgres#1208), or on a new connection, outside of any transaction (#1155).
 */
export function guardTransactions(sql: Sql): void {
  const begin = sql.begin.bind(sql) as (...args: unknown[]) => Promise<unknown>
  const guarded = async (...args: unknown[]) => {
    const act = args.pop() as Act
    let isOver = false
    try {
      return await begin(...args, (tx: Parameters<Act>[0]) => {
        const unsafe = tx.unsafe.bind(tx)
        tx.unsafe = (...query) => {
          if (isOver) throw new Error('the transaction has lost its connection')
          return unsafe(...query)
        }
        return settleUnless(() => isOver, act(tx))
      })
    } finally {
      isOver = true
    }
  }
  sql.begin = guarded as typeof sql.begin
}

/** Never settles when the transaction is over by then: the driver has told its caller, and has nothing to commit or roll back. */
async function settleUnless(isOver: () => boolean, acting: Promise<unknown>): Promise<unknown> {
  const never = new Promise<never>(() => {})
  try {
    const result = await acting
    return isOver() ? await never : result
  } catch (error) {
    // The statement that was under way fails first, the transaction right after it.
    await new Promise((resolve) => setImmediate(resolve))
    if (isOver()) await never
    throw error
  }
}
