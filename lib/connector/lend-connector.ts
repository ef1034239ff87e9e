import { and, count, eq, inArray, isNull, notInArray } from 'drizzle-orm'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import type { Db, Tx } from '@/lib/db/client'
import { connectorApplications } from '@/lib/db/schema/connector'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'

/**
 * Makes a connector available to exactly these applications.
 * @throws NOT_FOUND for an unknown application; ILLEGAL_ACTION when an application that loses it has robots on it
 */
export async function lendConnector(
  tx: Tx,
  { connectorId, applicationIds }: { connectorId: string; applicationIds: string[] },
): Promise<void> {
  for (const applicationId of applicationIds) await getApplicationOrThrow(tx, { applicationId })
  const ofConnector = eq(connectorApplications.connectorId, connectorId)
  const lost = await tx
    .delete(connectorApplications)
    .where(and(ofConnector, notInArray(connectorApplications.applicationId, ['', ...applicationIds])))
    .returning({ applicationId: connectorApplications.applicationId })
  await refuseWhileUsed(tx, { connectorId, applicationIds: lost.map(({ applicationId }) => applicationId) })
  if (applicationIds.length > 0)
    await tx
      .insert(connectorApplications)
      .values(applicationIds.map((applicationId) => ({ connectorId, applicationId })))
      .onConflictDoNothing()
}

/** Lists the applications that may use a connector. */
export async function listBorrowers(db: Db, { connectorId }: { connectorId: string }): Promise<string[]> {
  const rows = await db
    .select({ applicationId: connectorApplications.applicationId })
    .from(connectorApplications)
    .where(eq(connectorApplications.connectorId, connectorId))
    .orderBy(connectorApplications.applicationId)
  return rows.map(({ applicationId }) => applicationId)
}

/** Returns the default connector of an application. null: none. */
export async function getDefaultConnector(
  db: Db,
  { applicationId }: { applicationId: string },
): Promise<string | null> {
  const [preset] = await db
    .select({ connectorId: connectorApplications.connectorId })
    .from(connectorApplications)
    .where(and(eq(connectorApplications.applicationId, applicationId), connectorApplications.isDefault))
  return preset?.connectorId ?? null
}

/** Makes a connector the default of an application, which must have it. null: no default. @throws INVALID_PARAMETER */
export async function setDefaultConnector(
  tx: Tx,
  { applicationId, connectorId }: { applicationId: string; connectorId: string | null },
): Promise<void> {
  const ofApplication = eq(connectorApplications.applicationId, applicationId)
  await tx.update(connectorApplications).set({ isDefault: false }).where(ofApplication)
  if (!connectorId) return
  const chosen = await tx
    .update(connectorApplications)
    .set({ isDefault: true })
    .where(and(ofApplication, eq(connectorApplications.connectorId, connectorId)))
    .returning({ connectorId: connectorApplications.connectorId })
  if (chosen.length === 0)
    throw new AppError('INVALID_PARAMETER', { reason: 'connector_not_lent', parameter: 'connectorId' })
}

/** @throws ILLEGAL_ACTION when robots of these applications, or of any, use the connector */
export async function refuseWhileUsed(
  tx: Tx,
  { connectorId, applicationIds }: { connectorId: string; applicationIds?: string[] },
): Promise<void> {
  const [used] = await tx
    .select({ count: count() })
    .from(robots)
    .where(
      and(
        eq(robots.connectorId, connectorId),
        isNull(robots.deletedAt),
        applicationIds && inArray(robots.applicationId, applicationIds),
      ),
    )
  if (used && used.count > 0)
    throw new AppError('ILLEGAL_ACTION', { reason: 'connector_in_use', params: { count: used.count } })
}
