/**
 * A check calls the service of a connector from a worker, because only workers call outside services and the service may accept only
 * their address. The row states that a check is due; a wake makes any worker run it (worker/connectors), and the sweep finds lost wakes.
 * The check of each type is in `worker/connectors/connector-checks.ts`.
 */
import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { storableParams } from '@/lib/db/reason-columns'
import { connectors } from '@/lib/db/schema/connector'
import { AppError } from '@/lib/errors'
import { announceReply } from '@/lib/queue/reply'
import type { Sentence } from '@/lib/sentence'

const isDue = and(
  isNotNull(connectors.checkRequestedAt),
  or(isNull(connectors.checkedAt), lt(connectors.checkedAt, connectors.checkRequestedAt)),
)

/** Makes a check due; the caller wakes a worker after the commit. @throws NOT_FOUND */
export async function requestCheck(tx: Tx, { connectorId }: { connectorId: string }): Promise<void> {
  const requested = await tx
    .update(connectors)
    .set({ checkRequestedAt: sql`date_trunc('milliseconds', clock_timestamp())` })
    .where(eq(connectors.id, connectorId))
    .returning({ id: connectors.id })
  if (requested.length === 0)
    throw new AppError('NOT_FOUND', { reason: 'connector_not_found', parameter: 'connectorId' })
}

/** Returns when the due check of a connector was requested. null: none is due. */
export async function readDueCheck(db: Db, { connectorId }: { connectorId: string }): Promise<Date | null> {
  const [due] = await db
    .select({ requestedAt: connectors.checkRequestedAt })
    .from(connectors)
    .where(and(eq(connectors.id, connectorId), isDue))
  return due?.requestedAt ?? null
}

/** Lists connectors whose check has been due for some seconds, so that its wake was lost. */
export async function listLateChecks(db: Db): Promise<string[]> {
  const rows = await db
    .select({ id: connectors.id })
    .from(connectors)
    .where(and(isDue, sql`${connectors.checkRequestedAt} < clock_timestamp() - interval '5 seconds'`))
  return rows.map(({ id }) => id)
}

/**
 * Records what a check found and notifies its waiters; an empty list: nothing is missing. `requestedAt` counts as the time of the check,
 * so that a request during the check makes the next one due.
 */
export async function recordCheck(
  db: Db,
  { connectorId, requestedAt, problems }: { connectorId: string; requestedAt: Date; problems: Sentence[] },
): Promise<void> {
  const stored = problems.map((problem) => {
    const params = storableParams(problem)
    return params ? { reason: problem.reason, params } : { reason: problem.reason }
  })
  await db.update(connectors).set({ checkedAt: requestedAt, problems: stored }).where(eq(connectors.id, connectorId))
  await announceReply(db, connectorId)
}
