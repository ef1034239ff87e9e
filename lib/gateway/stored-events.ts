import { and, asc, eq, gt, inArray, isNotNull, like, lt, lte, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { gatewayDevices, gatewayEvents } from '@/lib/db/schema/gateway'

/** Maximum events of a robot that wait for its owner. */
const maxWaiting = 20_000

/** Stores an event of a robot that has a device. `repeat`: it was stored before. `full`: too many wait already. */
export async function storeEvent(
  tx: Tx,
  { robotId, key, body }: { robotId: string; key: string; body: string },
): Promise<'stored' | 'repeat' | 'full'> {
  // The row lock gives numbers in the order of commits, so that the cursor of the owner never skips one.
  const isDevice = eq(gatewayDevices.robotId, robotId)
  const counted = await tx
    .update(gatewayDevices)
    .set({ waitingCount: sql`${gatewayDevices.waitingCount} + 1` })
    .where(and(isDevice, lt(gatewayDevices.waitingCount, maxWaiting)))
    .returning({ robotId: gatewayDevices.robotId })
  if (counted.length === 0) return 'full'
  const inserted = await tx
    .insert(gatewayEvents)
    .values({ robotId, key, body })
    .onConflictDoNothing()
    .returning({ id: gatewayEvents.id })
  if (inserted.length > 0) return 'stored'
  await countDone(tx, { robotId, count: 1 })
  return 'repeat'
}

/** Returns waiting events of a robot after a position, in their order. */
export async function readEvents(
  db: Db,
  { robotId, afterId, limit }: { robotId: string; afterId: number; limit: number },
): Promise<{ id: number; body: string }[]> {
  const { id, body } = gatewayEvents
  const rows = await db
    .select({ id, body })
    .from(gatewayEvents)
    .where(and(eq(gatewayEvents.robotId, robotId), gt(id, afterId), isNotNull(body)))
    .orderBy(asc(id))
    .limit(limit)
  return rows.flatMap((row) => (row.body === null ? [] : { id: row.id, body: row.body }))
}

/** Marks events as processed. A message stays known by its id; any other event may come again in the same words. */
export async function completeEvents(db: Db, { robotId, upToId }: { robotId: string; upToId: number }): Promise<void> {
  const isDone = and(eq(gatewayEvents.robotId, robotId), lte(gatewayEvents.id, upToId), isNotNull(gatewayEvents.body))
  await db.transaction(async (tx) => {
    const returned = { id: gatewayEvents.id }
    const deleted = await tx
      .delete(gatewayEvents)
      .where(and(isDone, like(gatewayEvents.key, 'h%')))
      .returning(returned)
    const kept = await tx.update(gatewayEvents).set({ body: null }).where(isDone).returning(returned)
    await countDone(tx, { robotId, count: deleted.length + kept.length })
  })
}

async function countDone(tx: Tx, { robotId, count }: { robotId: string; count: number }): Promise<void> {
  await tx
    .update(gatewayDevices)
    .set({ waitingCount: sql`greatest(0, ${gatewayDevices.waitingCount} - ${count}::int)` })
    .where(eq(gatewayDevices.robotId, robotId))
}

/** Deletes a batch of events stored more than a day ago; returns their number. What still waits then is of no use any more. */
export async function deleteOldEvents(db: Db, { batchSize }: { batchSize: number }): Promise<number> {
  const old = db
    .select({ id: gatewayEvents.id })
    .from(gatewayEvents)
    .where(sql`${gatewayEvents.createdAt} < statement_timestamp() - interval '1 day'`)
    .limit(batchSize)
  return db.transaction(async (tx) => {
    const { robotId, body } = gatewayEvents
    const deleted = await tx.delete(gatewayEvents).where(inArray(gatewayEvents.id, old)).returning({ robotId, body })
    for (const id of new Set(deleted.map((event) => event.robotId)))
      await countDone(tx, {
        robotId: id,
        count: deleted.filter((event) => event.robotId === id && event.body !== null).length,
      })
    return deleted.length
  })
}
