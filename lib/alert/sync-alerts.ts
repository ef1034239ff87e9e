import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { alerts } from '@/lib/db/schema/alert'
import type { AlertKind, AlertParams } from '@/lib/db/types'
import { newId } from '@/lib/id'

/** A cause of an alert as it is now. `applicationId` null: it concerns the installation. */
export type Cause = { targetId: string; applicationId: string | null; params: AlertParams }

/** Reads the causes of a kind: the latest ones, or those that still last of the named targets. */
export type ReadCauses = (options: { limit: number } | { among: string[] }) => Promise<Cause[]>

/** Seconds without the cause after which it counts as gone, so that a robot that drops and returns again and again is one alert. */
export const recoverySeconds = 120
/** Days after which an open alert is closed without a notification; a cause that lasts opens another one. */
const maxOpenDays = 7
/** Days that a closed alert is kept. */
const alertDays = 90
/** Causes of a kind that open at once; the next run takes the rest. */
const maxOpened = 500

/**
 * Opens one alert for each new cause of a kind, and closes alerts whose cause has been gone for some time. Every channel that receives
 * the kind gets one message about each; a channel that has not received the cause receives neither. `targetId`: only this target is known here.
 */
export async function syncAlerts(
  tx: Tx,
  { kind, read, targetId }: { kind: AlertKind; read: ReadCauses; targetId?: string },
): Promise<void> {
  const isTarget = targetId === undefined ? undefined : eq(alerts.targetId, targetId)
  const isOpen = and(eq(alerts.kind, kind), isNull(alerts.closedAt), isTarget)
  const open = await tx.select({ id: alerts.id, targetId: alerts.targetId }).from(alerts).where(isOpen)
  const known = new Set(open.map((alert) => alert.targetId))
  if (open.length > 0) await closeAlerts(tx, open, await read({ among: [...known] }))
  const found = await read({ limit: maxOpened })
  await openAlerts(
    tx,
    kind,
    found.filter((cause) => !known.has(cause.targetId)),
  )
}

async function openAlerts(tx: Tx, kind: AlertKind, causes: Cause[]): Promise<void> {
  if (causes.length === 0) return
  const opened = await tx
    .insert(alerts)
    .values(causes.map((cause) => ({ ...cause, id: newId('alert'), kind })))
    .onConflictDoNothing()
    .returning({ id: alerts.id })
  if (opened.length === 0) return
  await tx.execute(sql`
    insert into alert_deliveries (alert_id, channel_id, phase)
      select alert.id, channel.id, 'opened'
        from alerts as alert join alert_channels as channel
          on channel.is_enabled and alert.kind = any (channel.kinds)
            and (channel.application_id is null or channel.application_id = alert.application_id)
        where alert.id in ${opened.map(({ id }) => id)}
      on conflict do nothing`)
}

async function closeAlerts(tx: Tx, open: { id: string; targetId: string }[], lasting: Cause[]): Promise<void> {
  const targets = new Set(lasting.map(({ targetId }) => targetId))
  const idsWhere = (lasts: boolean) =>
    open.filter(({ targetId }) => targets.has(targetId) === lasts).map(({ id }) => id)
  const still = idsWhere(true)
  const gone = idsWhere(false)
  if (still.length > 0) {
    await tx.update(alerts).set({ clearedAt: null }).where(inArray(alerts.id, still))
    await tx
      .update(alerts)
      .set({ closedAt: sql`clock_timestamp()` })
      .where(and(inArray(alerts.id, still), sql`opened_at < clock_timestamp() - make_interval(days => ${maxOpenDays})`))
  }
  if (gone.length === 0) return
  await tx
    .update(alerts)
    .set({ clearedAt: sql`clock_timestamp()` })
    .where(and(inArray(alerts.id, gone), isNull(alerts.clearedAt)))
  const closed = await tx
    .update(alerts)
    .set({ closedAt: sql`clock_timestamp()` })
    .where(
      and(
        inArray(alerts.id, gone),
        isNull(alerts.closedAt),
        sql`cleared_at <= clock_timestamp() - make_interval(secs => ${recoverySeconds})`,
      ),
    )
    .returning({ id: alerts.id })
  if (closed.length === 0) return
  const ids = closed.map(({ id }) => id)
  await tx.execute(sql`
    insert into alert_deliveries (alert_id, channel_id, phase)
      select alert_id, channel_id, 'recovered' from alert_deliveries
        where alert_id in ${ids} and phase = 'opened' and state = 'sent'
      on conflict do nothing`)
  await tx.execute(sql`
    update alert_deliveries set state = 'dropped', finished_at = clock_timestamp()
      where alert_id in ${ids} and phase = 'opened' and state = 'waiting'`)
}

/** Deletes one batch of old closed alerts with their notifications. Returns their number. */
export async function deleteOldAlerts(db: Db, { batchSize }: { batchSize: number }): Promise<number> {
  const rows = await db.execute(sql`
    delete from alerts where id in (
      select id from alerts
        where opened_at < statement_timestamp() - make_interval(days => ${alertDays}) and closed_at is not null
        order by opened_at limit ${batchSize} for update skip locked)
      returning 1`)
  return rows.length
}
