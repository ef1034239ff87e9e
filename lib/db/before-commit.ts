import type { Db, Tx } from '@/lib/db/client'

type Act = (tx: Tx) => Promise<void>
type Acts = Map<string, Act>

// A registered symbol, because each of the bundles that Next makes has its own copy of this module.
const actsKey = Symbol.for('wxbot.beforeCommit')
type Collecting = { [actsKey]?: Acts }

/**
 * Registers what the transaction has to do last, once per `key`: the first registration counts. What is registered runs in the order of
 * the keys, so that transactions which lock the same rows lock them in the same order. If it throws, the transaction rolls back. A
 * rollback to a savepoint drops what was registered since.
 * @throws Error when `tx` is not a transaction of `connectDatabase`
 */
export function beforeCommit(tx: Tx, key: string, act: Act): void {
  const acts = (tx as Collecting)[actsKey]
  if (!acts) throw new Error('only a transaction of connectDatabase can act before its commit')
  if (!acts.has(key)) acts.set(key, act)
}

/** Returns whether `key` is registered in this transaction, in or around the current savepoint. */
export function hasBeforeCommit(tx: Tx, key: string): boolean {
  return (tx as Collecting)[actsKey]?.has(key) ?? false
}

/** Makes each transaction of `db` run what `beforeCommit` registered. */
export function runBeforeCommit(db: Db): void {
  const begin = db.transaction.bind(db)
  db.transaction = (act, config) =>
    begin(async (tx) => {
      const acts: Acts = new Map()
      const result = await act(collectInto(tx, acts))
      await runAll(tx, acts)
      return result
    }, config)
}

/** Runs all acts, and then those that they registered. */
async function runAll(tx: Tx, acts: Acts): Promise<void> {
  const done = new Set<string>()
  const pending = () => [...acts.keys()].filter((key) => !done.has(key)).sort()
  for (let keys = pending(); keys.length > 0; keys = pending())
    for (const key of keys) {
      done.add(key)
      await acts.get(key)?.(tx)
    }
}

function collectInto(tx: Tx, acts: Acts): Tx {
  Object.assign(tx, { [actsKey]: acts })
  const begin = tx.transaction.bind(tx)
  tx.transaction = async (act) => {
    const inner: Acts = new Map(acts)
    const result = await begin((savepoint) => act(collectInto(savepoint, inner)))
    for (const [key, last] of inner) acts.set(key, last)
    return result
  }
  return tx
}
