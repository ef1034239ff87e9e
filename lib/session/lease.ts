import { and, eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client'
import { leases } from '../db/schema/session'

/** One worker's right to one robot; `epoch` tells it from every earlier and later right. */
export type Owner = { robotId: string; workerId: string; epoch: number }

/** The robot has another owner by now, or none: nothing was written, let go of it. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
  constructor(owner: Owner) {
    super(`lease ${owner.epoch} of ${owner.robotId} is over`)
  }
}

/** How and when the tenure before ended; `at` is null when there was none. */
export type Takeover = { cause: 'worker_lost' | 'worker_stopped'; at: Date | null }

/** Takes a robot that nobody owns, or whose owner went silent, once its last write has ended; null when somebody owns it. */
export async function acquireLease(
  db: Db,
  { robotId, workerId, ttlSeconds }: { robotId: string; workerId: string; ttlSeconds: number },
): Promise<(Owner & { takeover: Takeover }) | null> {
  return db.transaction(async (tx) => {
    // Lines up behind the owner's writes, which a plain update would pass.
    await tx.select({ epoch: leases.epoch }).from(leases).where(eq(leases.robotId, robotId)).for('update')
    return replaceOwner(tx, { robotId, workerId, ttlSeconds })
  })
}

async function replaceOwner(
  tx: Tx,
  { robotId, workerId, ttlSeconds }: { robotId: string; workerId: string; ttlSeconds: number },
): Promise<(Owner & { takeover: Takeover }) | null> {
  // Selected while it is written, the lease is as it was before.
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
      silentId: sql<string | null>`${before('worker_id')}`,
      endedAt: sql`${before('expires_at')}`.mapWith(leases.expiresAt),
    })
  if (!lease) return null
  const takeover: Takeover = { cause: lease.silentId ? 'worker_lost' : 'worker_stopped', at: lease.endedAt }
  return { robotId, workerId, epoch: lease.epoch, takeover }
}

/** Prolongs every lease of a worker that has not run out; those not in the answer are lost. */
export async function renewLeases(
  db: Db,
  { workerId, ttlSeconds }: { workerId: string; ttlSeconds: number },
): Promise<Map<string, number>> {
  const rows = await db
    .update(leases)
    .set({ expiresAt: sql`clock_timestamp() + make_interval(secs => ${ttlSeconds})` })
    .where(and(eq(leases.workerId, workerId), sql`${leases.expiresAt} >= clock_timestamp()`))
    .returning({ robotId: leases.robotId, epoch: leases.epoch })
  return new Map(rows.map((row) => [row.robotId, row.epoch]))
}

/** Gives a robot back, so that any worker may take it at once. */
export async function releaseLease(db: Db, owner: Owner): Promise<void> {
  await db
    .update(leases)
    .set({ workerId: null, expiresAt: sql`clock_timestamp()` })
    .where(and(eq(leases.robotId, owner.robotId), eq(leases.workerId, owner.workerId), eq(leases.epoch, owner.epoch)))
}

/**
 * Runs a transaction of the owner's: the lease is read and held against a take-over until the commit (G6), not against being
 * renewed: one write that is held up must not cost the worker all its robots.
 * @throws LeaseLostError when the robot is not the owner's any more.
 */
export async function asOwner<T>(db: Db, owner: Owner, act: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    const [lease] = await tx
      .select({ robotId: leases.robotId })
      .from(leases)
      .where(
        and(
          eq(leases.robotId, owner.robotId),
          eq(leases.workerId, owner.workerId),
          eq(leases.epoch, owner.epoch),
          sql`${leases.expiresAt} >= clock_timestamp()`,
        ),
      )
      .for('key share')
    if (!lease) throw new LeaseLostError(owner)
    return act(tx)
  })
}
