import { and, asc, eq, gt, inArray, isNotNull, like, lte, sql } from 'drizzle-orm'
import { wakeUnownedAfterCommit } from '@/lib/db/after-commit'
import type { Db, Tx } from '@/lib/db/client'
import { ownerNotified } from '@/lib/db/notify-owner'
import { gatewayDevices, gatewayEvents } from '@/lib/db/schema/gateway'

/** Maximum events of a robot that wait for its owner. */
const maxWaiting = 20_000

/** Outcome of storing an event. `other`: a kind that is not stored; `repeat`: stored before; `full`: `maxWaiting` is reached. */
export type StoreOutcome = 'stored' | 'other' | 'repeat' | 'full' | 'foreign_device' | 'no_session'

/**
 * Stores an event for the robot of a device, and wakes its owner. One statement, because a busy account has many events: its row lock
 * gives them numbers in the order of commits, so that the cursor of the owner never skips one.
 */
export async function storeEvent(
  db: Db,
  {
    connectorId,
    appId,
    key,
    body,
    isKept,
  }: { connectorId: string; appId: string; key: string; body: string; isKept: boolean },
): Promise<StoreOutcome> {
  const [device] = await db.execute<DeviceRow>(sql`
    with device as materialized (
      select device.robot_id, exists (
          select from sessions where sessions.robot_id = device.robot_id and sessions.state <> 'ended') as has_session
        from gateway_devices as device join robots on robots.id = device.robot_id and robots.deleted_at is null
        where device.connector_id = ${connectorId} and device.app_id = ${appId}
    ), counted as (
      update gateway_devices set waiting_count = gateway_devices.waiting_count + 1
        from device
        where gateway_devices.robot_id = device.robot_id and device.has_session and ${isKept}
          and gateway_devices.waiting_count < ${maxWaiting}::int
        returning gateway_devices.robot_id
    ), stored as (
      insert into gateway_events (robot_id, key, body) select robot_id, ${key}, ${body} from counted
        on conflict do nothing
        returning robot_id
    )
    select robot_id as "robotId", has_session as "hasSession", exists (select from counted) as "isCounted",
        (select ${ownerNotified(sql`stored.robot_id`, 'events')} from stored) as "isOwnerNotified"
      from device`)
  if (!device) return 'foreign_device'
  const { robotId, hasSession, isCounted, isOwnerNotified } = device
  if (!hasSession) return 'no_session'
  if (!isKept) return 'other'
  if (!isCounted) return 'full'
  if (isOwnerNotified === null) {
    await countDone(db, { robotId, count: 1 })
    return 'repeat'
  }
  if (!isOwnerNotified) await db.transaction(async (tx) => wakeUnownedAfterCommit(tx, robotId))
  return 'stored'
}

/** `isOwnerNotified` null: the event was stored before. */
type DeviceRow = { robotId: string; hasSession: boolean; isCounted: boolean; isOwnerNotified: boolean | null }

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

/** Marks events as processed. Keeps the ids of messages to detect repeats; deletes other events, because an identical one may follow. */
export async function completeEvents(db: Db, { robotId, upToId }: { robotId: string; upToId: number }): Promise<void> {
  const isDone = and(eq(gatewayEvents.robotId, robotId), lte(gatewayEvents.id, upToId), isNotNull(gatewayEvents.body))
  await db.transaction(async (tx) => {
    await lockDevices(tx, [robotId])
    const returned = { id: gatewayEvents.id }
    const deleted = await tx
      .delete(gatewayEvents)
      .where(and(isDone, like(gatewayEvents.key, 'h%')))
      .returning(returned)
    const kept = await tx.update(gatewayEvents).set({ body: null }).where(isDone).returning(returned)
    await countDone(tx, { robotId, count: deleted.length + kept.length })
  })
}

/** Locks devices before their events, in the order in which `storeEvent` does: a repeat waits for the event that it repeats. */
async function lockDevices(tx: Tx, robotIds: string[]): Promise<void> {
  const { robotId } = gatewayDevices
  await tx.select({ robotId }).from(gatewayDevices).where(inArray(robotId, robotIds)).orderBy(robotId).for('update')
}

async function countDone(db: Db, { robotId, count }: { robotId: string; count: number }): Promise<void> {
  await db
    .update(gatewayDevices)
    .set({ waitingCount: sql`greatest(0, ${gatewayDevices.waitingCount} - ${count}::int)` })
    .where(eq(gatewayDevices.robotId, robotId))
}

/** Deletes a batch of events stored more than a day ago; returns their number. Events that still wait after a day are outdated. */
export async function deleteOldEvents(db: Db, { batchSize }: { batchSize: number }): Promise<number> {
  const old = db
    .select({ id: gatewayEvents.id })
    .from(gatewayEvents)
    .where(sql`${gatewayEvents.createdAt} < statement_timestamp() - interval '1 day'`)
    .limit(batchSize)
  return db.transaction(async (tx) => {
    const { robotId, body } = gatewayEvents
    const owners = await tx.selectDistinct({ robotId }).from(gatewayEvents).where(inArray(gatewayEvents.id, old))
    await lockDevices(
      tx,
      owners.map((owner) => owner.robotId),
    )
    const deleted = await tx.delete(gatewayEvents).where(inArray(gatewayEvents.id, old)).returning({ robotId, body })
    for (const id of new Set(deleted.map((event) => event.robotId)))
      await countDone(tx, {
        robotId: id,
        count: deleted.filter((event) => event.robotId === id && event.body !== null).length,
      })
    return deleted.length
  })
}
