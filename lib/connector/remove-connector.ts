import { eq } from 'drizzle-orm'
import { getConnectorOrThrow } from '@/lib/connector/find-connector'
import { refuseWhileUsed } from '@/lib/connector/lend-connector'
import type { Tx } from '@/lib/db/client'
import { connectors } from '@/lib/db/schema/connector'

/** Deletes a connector with its secrets; callbacks to its path get 404 from the commit on. @throws NOT_FOUND; ILLEGAL_ACTION when robots use it */
export async function removeConnector(tx: Tx, { connectorId }: { connectorId: string }): Promise<{ name: string }> {
  // Excludes a robot that is being created on it.
  await tx.select({ id: connectors.id }).from(connectors).where(eq(connectors.id, connectorId)).for('update')
  const { name } = await getConnectorOrThrow(tx, { connectorId })
  await refuseWhileUsed(tx, { connectorId })
  await tx.delete(connectors).where(eq(connectors.id, connectorId))
  return { name }
}
