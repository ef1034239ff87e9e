import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { connectorApplications } from '@/lib/db/schema/connector'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { startKfSessions } from '@/lib/wecom/start-sessions'

/**
 * Keeps the robot that stands for the customer groups of a company: it exists once the connector is marked as assistant, has the
 * connector's name, and belongs to the application for which the connector is the default, otherwise to the first that may use it.
 * It starts at once if WeCom has verified the callback URL.
 * @throws ILLEGAL_ACTION when no application may use the connector, or a robot of that application has the name. Spec: E7 (customer groups).
 */
export async function keepAssistantRobot(
  tx: Tx,
  { connectorId, name, isAssistant }: { connectorId: string; name: string; isAssistant: boolean },
): Promise<void> {
  const isIts = and(eq(robots.connectorId, connectorId), eq(robots.connection, 'wecom_group'), isNull(robots.deletedAt))
  const [existing] = await tx.select({ id: robots.id, applicationId: robots.applicationId }).from(robots).where(isIts)
  const applicationId = existing?.applicationId ?? (isAssistant ? await findApplication(tx, connectorId) : null)
  if (applicationId === null) return
  const [namesake] = await tx
    .select({ id: robots.id })
    .from(robots)
    .where(and(eq(robots.applicationId, applicationId), eq(robots.username, name), isNull(robots.deletedAt)))
  if (namesake && namesake.id !== existing?.id)
    throw new AppError('ILLEGAL_ACTION', { reason: 'assistant_exists', params: { username: name } })
  const columns = { username: name, nickname: name, isAssistant }
  await (existing
    ? tx.update(robots).set(columns).where(eq(robots.id, existing.id))
    : tx
        .insert(robots)
        .values({ id: newId('robot'), applicationId, connection: 'wecom_group', connectorId, ...columns }))
  if (!existing) await startKfSessions(tx, { connectorId })
}

async function findApplication(tx: Tx, connectorId: string): Promise<string> {
  const [lent] = await tx
    .select({ applicationId: connectorApplications.applicationId })
    .from(connectorApplications)
    .where(eq(connectorApplications.connectorId, connectorId))
    .orderBy(desc(connectorApplications.isDefault), asc(connectorApplications.createdAt))
    .limit(1)
  if (!lent) throw new AppError('ILLEGAL_ACTION', { reason: 'connector_lent_to_none' })
  return lent.applicationId
}
