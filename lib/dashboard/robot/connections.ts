import { getApplicationOrThrow } from '@/lib/application/get-application'
import { availableConnections, defaultConnection, isUsable } from '@/lib/connection/choose-connection'
import { connectorTypeOf } from '@/lib/connector/connector-types'
import { listLentConnectors } from '@/lib/connector/list-connectors'
import type { ConnectorType, ChosenConnection } from '@/lib/db/types'
import type { WebContext } from '@/lib/http/web-context'

/** The order of the choices, the recommended first. */
const order: readonly ChosenConnection[] = ['ilink', 'wecom_kf', 'gateway', 'web']

export type ConnectionChoices = {
  /** The default connection of the application, otherwise of the installation; null: this installation does not offer or allow it. */
  preset: ChosenConnection | null
  /** The default connection that is set for the application. null: the default of the installation. */
  applicationDefault: ChosenConnection | null
  /** `isUsable` false: this installation refuses it. `connectorType` null: it needs no connector. */
  choices: { connection: ChosenConnection; isUsable: boolean; connectorType: ConnectorType | null }[]
  /** Connectors that the application may use. */
  connectors: { id: string; type: ConnectorType; name: string; isDefault: boolean }[]
}

/**
 * Returns the connections and connectors for a new robot of an application. @throws AppError NOT_FOUND.
 * Spec: E1 (choice of connection), E2 (connector).
 */
export async function readConnections({ db, env }: WebContext, applicationId: string): Promise<ConnectionChoices> {
  const application = await getApplicationOrThrow(db, { applicationId })
  const chosen = application.defaultConnection ?? defaultConnection(env)
  const offered = order.filter((connection) => availableConnections.includes(connection))
  return {
    preset: offered.find((connection) => connection === chosen && isUsable(env, connection)) ?? null,
    applicationDefault: application.defaultConnection,
    choices: offered.map((connection) => ({
      connection,
      isUsable: isUsable(env, connection),
      connectorType: connectorTypeOf[connection],
    })),
    connectors: await listLentConnectors(db, { applicationId }),
  }
}
