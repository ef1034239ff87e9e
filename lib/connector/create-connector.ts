import type { NewConnector } from '@/lib/connector/connector-types'
import { sealContext } from '@/lib/connector/find-connector'
import { lendConnector } from '@/lib/connector/lend-connector'
import type { Tx } from '@/lib/db/client'
import { connectors } from '@/lib/db/schema/connector'
import { AppError } from '@/lib/errors'
import { newId, newKey } from '@/lib/id'
import { hashToken, type Sealer } from '@/lib/secret'

/**
 * Creates a connector with sealed secrets and a callback path of its own, and makes it available to applications.
 * @throws INVALID_PARAMETER when the name is taken or the risk of a gateway is not accepted; NOT_FOUND for an application
 */
export async function createConnector(
  tx: Tx,
  { sealer, connector, applicationIds }: { sealer: Sealer; connector: NewConnector; applicationIds: string[] },
): Promise<{ connectorId: string; callbackKey: string }> {
  const { type, name, settings, secrets } = connector
  if (type === 'gateway' && !connector.isRiskAccepted)
    throw new AppError('INVALID_PARAMETER', { reason: 'connector_risk', parameter: 'isRiskAccepted' })
  const connectorId = newId('connector')
  const callbackKey = newKey()
  const created = await tx
    .insert(connectors)
    .values({
      id: connectorId,
      type,
      name,
      settings,
      secretsSealed: sealer.seal(JSON.stringify(secrets), sealContext.secrets(connectorId)),
      callbackKeyHash: hashToken(callbackKey),
      callbackKeySealed: sealer.seal(callbackKey, sealContext.callbackKey(connectorId)),
      riskAcceptedAt: type === 'gateway' ? new Date() : null,
    })
    .onConflictDoNothing({ target: connectors.name })
    .returning({ id: connectors.id })
  if (created.length === 0)
    throw new AppError('INVALID_PARAMETER', { reason: 'connector_name_taken', parameter: 'name' })
  await lendConnector(tx, { connectorId, applicationIds })
  return { connectorId, callbackKey }
}
