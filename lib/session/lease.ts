import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { isAnyOf } from '@/lib/db/is-any-of'
import { leases } from '@/lib/db/schema/session'

/** A worker's lease of a robot; `epoch` distinguishes it from every previous and later lease. */
export type Owner = { robotId: string; workerId: string; epoch: number }

/** The lease was lost: nothing was written, and the worker must stop the robot. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
  constructor(owner: Owner) {
    super(`lease ${owner.epoch} of ${owner.robotId} is over`)
  }
}

/** How and when the previous lease ended; `at` null: there was none. */
export type Takeover = { cause: 'worker_lost' | 'worker_stopped'; at: Date | null }

/** Acquires the lease of a robot without an owner or with an expired lease, after the owner's last write; null: it has an owner. */
export async function acquireLease(
  db: Db,
  { robotId, workerId, ttlSeconds }: { robotId: string; workerId: string; ttlSeconds: number },
): Promise<(Owner & { takeover: Takeover }) | null> {
  return db.transaction(async (tx) => {
    // Waits for the owner's writes, which a plain update would not.
    await tx.select({ epoch: leases.epoch }).from(leases).where(eq(leases.robotId, robotId)).for('update')
    return replaceOwner(tx, { robotId, workerId, ttlSeconds })
  })
}

async function replaceOwner(
  tx: Tx,
  { robotId, workerId, ttlSeconds }: { robotId: string; workerId: string; ttlSeconds: number },
): Promise<(Owner & { takeover: Takeover }) | null> {
  // A subquery in the same statement reads the lease before this write.
  const before = (column: string) =>
    sql`(select before.${sql.identifier(column)} from leases as before where before.robot_id = ${robotId})`
  const expiresAt = sql`clock_timestamp() + make_interval(secs => ${ttlSeconds})`
  const [lease] = await tx
    .insert(leases)
    .values({ robotId, workerId, epoch: 1, expiresAt })
    .onConflictDoUpdate({
      target: leases.robotId,
      set: { workerId, epoch: sql`${leases.epoch} + 1`, expiresAt },
      setWhere: sql`${leases.workerId} is null or ${leases.expiresAt} < clock_timestamp()`,
    })
    .returning({
      epoch: leases.epoch,
      previousWorkerId: sql<string | null>`${before('worker_id')}`,
      endedAt: sql`${before('expires_at')}`.mapWith(leases.expiresAt),
    })
  if (!lease) return null
  const takeover: Takeover = { cause: lease.previousWorkerId ? 'worker_lost' : 'worker_stopped', at: lease.endedAt }
  return { robotId, workerId, epoch: lease.epoch, takeover }
}

/**
 * Renews the unexpired leases of a worker for these robots; the returned map contains the epochs, leases missing from it are lost. A
 * lease that the worker has without running the robot is not renewed, so that it expires and the robot gets an owner again.
 */
export async function renewLeases(
  db: Db,
  { workerId, robotIds, ttlSeconds }: { workerId: string; robotIds: readonly string[]; ttlSeconds: number },
): Promise<Map<string, number>> {
  if (robotIds.length === 0) return new Map()
  const rows = await db
    .update(leases)
    .set({ expiresAt: sql`clock_timestamp() + make_interval(secs => ${ttlSeconds})` })
    .where(
      and(
        eq(leases.workerId, workerId),
        isAnyOf(leases.robotId, robotIds),
        sql`${leases.expiresAt} >= clock_timestamp()`,
      ),
    )
    .returning({ robotId: leases.robotId, epoch: leases.epoch })
  return new Map(rows.map((row) => [row.robotId, row.epoch]))
}

/** Releases a lease, so that any worker can acquire it at once. */
export async function releaseLease(db: Db, owner: Owner): Promise<void> {
  await db
    .update(leases)
    .set({ workerId: null, expiresAt: sql`clock_timestamp()` })
    .where(and(eq(leases.robotId, owner.robotId), eq(leases.workerId, owner.workerId), eq(leases.epoch, owner.epoch)))
}

/**
 * SQL: a query with one row while the owner has the lease, which it locks against a takeover until the commit (G6). It is not
 * locked against a renewal: a blocked write must not cost the worker all its robots.
 */
export function heldLease({ robotId, workerId, epoch }: Owner): SQL {
  return sql`select robot_id from leases where robot_id = ${robotId} and worker_id = ${workerId} and epoch = ${epoch}
    and expires_at >= clock_timestamp() for key share`
}

/**
 * Runs a transaction as the owner: the lease is checked, and locked against a takeover until the commit.
 * @throws LeaseLostError if the lease has expired or another worker has it.
 */
export async function asOwner<T>(db: Db, owner: Owner, act: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    const [lease] = await tx.execute(heldLease(owner))
    if (!lease) throw new LeaseLostError(owner)
    return act(tx)
  })
}
