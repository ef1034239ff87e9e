import { beforeCommit } from '@/lib/db/before-commit'
import type { Db, Tx } from '@/lib/db/client'
import { notifyOwner, type WakeReason } from '@/lib/db/notify-owner'

/** What a commit makes due and no owner was notified of: robots without one that have mail, and lanes with due events. */
export type Wakes = { robotIds: Set<string>; lanes: Set<string> }
export type WakeListener = (wakes: Wakes) => void

// A registered symbol, because each of the bundles that Next makes has its own copy of this module.
const wakesKey = Symbol.for('wxbot.wakes')
type Collecting = { [wakesKey]?: Wakes }

/**
 * Wakes the owner of a robot after the commit of `tx`: the commit itself notifies it, and the listener of the connection gets a
 * robot without an owner. Repeats in one transaction count once; a rollback, also to a savepoint, drops the wake.
 * @throws Error if `tx` is not a transaction of `connectDatabase`
 */
export function wakeRobotAfterCommit(tx: Tx, robotId: string, reason: WakeReason = 'anything'): void {
  wakesOf(tx)
  beforeCommit(tx, `wake ${reason} ${robotId}`, async (last) => {
    if (!(await notifyOwner(last, robotId, reason))) wakeUnownedAfterCommit(last, robotId)
  })
}

/** Wakes a worker to claim a robot without an owner after the commit of `tx`, with the same rules. */
export function wakeUnownedAfterCommit(tx: Tx, robotId: string): void {
  wakesOf(tx).robotIds.add(robotId)
}

/** Wakes the delivery of a lane after the commit of `tx`, with the same rules as for a robot. */
export function wakeLaneAfterCommit(tx: Tx, lane: string): void {
  wakesOf(tx).lanes.add(lane)
}

/** Collects the wakes of each transaction of `db`. Returns the setter of the listener; without one the sweep finds the rows. */
export function collectWakes(db: Db): (listener: WakeListener) => void {
  let notify: WakeListener = () => {}
  const begin = db.transaction.bind(db)
  db.transaction = async (act, config) => {
    const wakes = emptyWakes()
    const result = await begin((tx) => act(collectInto(tx, wakes)), config)
    if (wakes.robotIds.size + wakes.lanes.size > 0) notify(wakes)
    return result
  }
  return (listener) => {
    notify = listener
  }
}

function collectInto(tx: Tx, wakes: Wakes): Tx {
  Object.assign(tx, { [wakesKey]: wakes })
  const begin = tx.transaction.bind(tx)
  tx.transaction = async (act) => {
    const inner = emptyWakes()
    const result = await begin((savepoint) => act(collectInto(savepoint, inner)))
    for (const robotId of inner.robotIds) wakes.robotIds.add(robotId)
    for (const lane of inner.lanes) wakes.lanes.add(lane)
    return result
  }
  return tx
}

function emptyWakes(): Wakes {
  return { robotIds: new Set(), lanes: new Set() }
}

function wakesOf(tx: Tx): Wakes {
  const wakes = (tx as Collecting)[wakesKey]
  if (!wakes) throw new Error('a wake can only follow the commit of a transaction of connectDatabase')
  return wakes
}
