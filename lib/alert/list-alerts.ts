import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { alerts } from '@/lib/db/schema/alert'
import type { AlertKind } from '@/lib/db/types'

export type AlertRow = typeof alerts.$inferSelect

/** Lists the latest alerts, newest first; `applicationId` undefined: all, otherwise those of one application. */
export async function listAlerts(
  db: Db,
  { applicationId, limit }: { applicationId?: string; limit: number },
): Promise<AlertRow[]> {
  return db
    .select()
    .from(alerts)
    .where(applicationId === undefined ? undefined : eq(alerts.applicationId, applicationId))
    .orderBy(desc(alerts.openedAt), desc(alerts.id))
    .limit(limit)
}

/** Lists open alerts of these kinds, oldest first, with their number. */
export async function listOpenAlerts(
  db: Db,
  { kinds, limit }: { kinds: AlertKind[]; limit: number },
): Promise<{ total: number; rows: AlertRow[] }> {
  const isOpen = and(inArray(alerts.kind, kinds), isNull(alerts.closedAt), isNull(alerts.clearedAt))
  const rows = await db.select().from(alerts).where(isOpen).orderBy(alerts.openedAt, alerts.id).limit(limit)
  return { total: await db.$count(alerts, isOpen), rows }
}
