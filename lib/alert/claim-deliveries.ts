import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { alertChannels, alertDeliveries, alerts } from '@/lib/db/schema/alert'
import type { AlertKind, AlertParams, AlertPhase } from '@/lib/db/types'
import type { Sentence } from '@/lib/sentence'
import { outcomeColumns } from '@/lib/alert/test-channel'

/** Minimum seconds between two messages to a channel; what happens in between shares the next one. Longer than any attempt to send. */
export const secondsBetweenMessages = 60
/** Seconds after each failed attempt; then the message has failed. */
const retrySeconds = [60, 120, 600, 3600, 7200]
/** Channels that one claim takes. */
const maxClaimed = 20
/** Alerts that one message is about; the text names the first of them. */
const maxPerMessage = 1000

/** A notification that is due: one phase of an alert, for one channel. */
export type DueAlert = {
  id: string
  kind: AlertKind
  phase: AlertPhase
  targetId: string
  applicationId: string | null
  params: AlertParams
  openedAt: Date
  closedAt: Date | null
}

/** Claims channels that have a due notification and may get a message now; another worker does not get them for a minute. */
export async function claimChannels(db: Db): Promise<(typeof alertChannels.$inferSelect)[]> {
  return db
    .update(alertChannels)
    .set({ nextSendAt: sql`clock_timestamp() + make_interval(secs => ${secondsBetweenMessages})` })
    .where(
      inArray(
        alertChannels.id,
        sql`(select channel.id from alert_channels as channel
          where channel.is_enabled and channel.next_send_at <= clock_timestamp() and exists (
            select from alert_deliveries as delivery where delivery.channel_id = channel.id
              and delivery.state = 'waiting' and delivery.next_attempt_at <= clock_timestamp())
          order by channel.next_send_at limit ${maxClaimed} for update skip locked)`,
      ),
    )
    .returning()
}

/** Lists the due notifications of a channel, in the order of their alerts. */
export async function listDueAlerts(db: Db, { channelId }: { channelId: string }): Promise<DueAlert[]> {
  const { id, kind, targetId, applicationId, params, openedAt, closedAt } = alerts
  return db
    .select({ id, kind, phase: alertDeliveries.phase, targetId, applicationId, params, openedAt, closedAt })
    .from(alertDeliveries)
    .innerJoin(alerts, eq(alerts.id, alertDeliveries.alertId))
    .where(
      and(
        eq(alertDeliveries.channelId, channelId),
        sql`${alertDeliveries.state} = 'waiting' and ${alertDeliveries.nextAttemptAt} <= clock_timestamp()`,
      ),
    )
    .orderBy(alerts.openedAt, alerts.id, alertDeliveries.phase)
    .limit(maxPerMessage)
}

/** Records how a message ended: sent, due again later, or failed after the last attempt. */
export async function recordDeliveries(
  db: Db,
  { channelId, due, problem }: { channelId: string; due: readonly DueAlert[]; problem: Sentence | null },
): Promise<void> {
  const pairs = sql.join(
    due.map(({ id, phase }) => sql`(${id}, ${phase})`),
    sql`, `,
  )
  const schedule = sql`(${sql.param(retrySeconds)}::int[])[attempt_count + 1]`
  const set = problem
    ? sql`attempt_count = attempt_count + 1,
        next_attempt_at = clock_timestamp() + make_interval(secs => coalesce(${schedule}, 0)),
        state = case when ${schedule} is null then 'failed' else 'waiting' end,
        finished_at = case when ${schedule} is null then clock_timestamp() end`
    : sql`attempt_count = attempt_count + 1, state = 'sent', finished_at = clock_timestamp()`
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      update alert_deliveries set ${set}
        where channel_id = ${channelId} and state = 'waiting' and (alert_id, phase) in (${pairs})`)
    await tx.update(alertChannels).set(outcomeColumns(problem)).where(eq(alertChannels.id, channelId))
  })
}
