import { connectorTypeOf } from '@/lib/connector/connector-types'
import { listLentConnectors } from '@/lib/connector/list-connectors'
import type { Db } from '@/lib/db/client'
import type { RobotConnection } from '@/lib/db/types'
import { AppError } from '@/lib/errors'

/**
 * Returns the connector of a new robot: the requested one, otherwise the default of its application. null: the connection needs none.
 * @throws INVALID_PARAMETER naming connector_id when it is missing, not available to the application, or of another type.
 * Spec: E1 (choice of connection), E2 (connector).
 */
export async function chooseConnector(
  db: Db,
  options: { applicationId: string; connection: RobotConnection; connectorId: string | undefined },
): Promise<string | null> {
  const { applicationId, connection, connectorId } = options
  const parameter = 'connector_id'
  const type = connectorTypeOf[connection]
  const notFitting = { reason: 'connector_not_fitting', parameter, params: { connection } } as const
  if (!type && connectorId) throw new AppError('INVALID_PARAMETER', notFitting)
  if (!type) return null
  const lent = await listLentConnectors(db, { applicationId })
  if (!connectorId) {
    const preset = lent.find((connector) => connector.isDefault && connector.type === type)
    if (!preset)
      throw new AppError('INVALID_PARAMETER', { reason: 'connector_required', parameter, params: { connection } })
    return preset.id
  }
  const requested = lent.find(({ id }) => id === connectorId)
  if (!requested) throw new AppError('INVALID_PARAMETER', { reason: 'connector_not_lent', parameter })
  if (requested.type !== type) throw new AppError('INVALID_PARAMETER', notFitting)
  return requested.id
}
