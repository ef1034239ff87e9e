import { and, eq, gte, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { lockKey } from '@/lib/db/lock-key'
import { auditEntries } from '@/lib/db/schema/operator'
import { type AuditEntryInput, recordAudit } from '@/lib/audit/record-audit'

/**
 * Records an action that can repeat every second, such as a polling page: one entry per actor, action and target
 * `withinSeconds`, and a maximum of `maxPerHour` per actor and action. Returns whether an entry was recorded.
 */
export async function recordAuditOnce(
  db: Db,
  { withinSeconds, maxPerHour, ...entry }: AuditEntryInput & { withinSeconds: number; maxPerHour?: number },
): Promise<boolean> {
  const { actor, action, targetId } = entry
  const since = sql`clock_timestamp() - make_interval(secs => ${withinSeconds})`
  const isSame = and(
    eq(auditEntries.targetId, targetId),
    eq(auditEntries.actor, actor),
    eq(auditEntries.action, action),
    gte(auditEntries.at, since),
  )
  const isOfActor = and(
    eq(auditEntries.actor, actor),
    eq(auditEntries.action, action),
    gte(auditEntries.at, sql`clock_timestamp() - interval '1 hour'`),
  )
  if ((await db.$count(auditEntries, isSame)) > 0) return false
  return db.transaction(async (tx) => {
    await lockKey(tx, `audit ${actor} ${action} ${targetId}`)
    if ((await tx.$count(auditEntries, isSame)) > 0) return false
    if (maxPerHour !== undefined && (await tx.$count(auditEntries, isOfActor)) >= maxPerHour) return false
    await recordAudit(tx, entry)
    return true
  })
}
