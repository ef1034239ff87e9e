import { and, eq, sql, type SQL } from 'drizzle-orm'
import { type Connector, type ConnectorOf, connectorSecrets, connectorSettings } from '@/lib/connector/connector-types'
import type { Db } from '@/lib/db/client'
import { connectors } from '@/lib/db/schema/connector'
import type { ConnectorType } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import { hashToken, type Sealer } from '@/lib/secret'

/** The columns of a connector that may leave the server: all except its sealed secrets. */
export const connectorColumns = {
  id: connectors.id,
  type: connectors.type,
  name: connectors.name,
  settings: connectors.settings,
  isAssistant: connectors.isAssistant,
  riskAcceptedAt: connectors.riskAcceptedAt,
  checkRequestedAt: connectors.checkRequestedAt,
  checkedAt: connectors.checkedAt,
  problems: connectors.problems,
  createdAt: connectors.createdAt,
}

export type ConnectorRow = Pick<typeof connectors.$inferSelect, keyof typeof connectorColumns>

/** Returns a connector without its secrets. @throws NOT_FOUND */
export async function getConnectorOrThrow(db: Db, { connectorId }: { connectorId: string }): Promise<ConnectorRow> {
  const [connector] = await db.select(connectorColumns).from(connectors).where(eq(connectors.id, connectorId))
  if (!connector) throw new AppError('NOT_FOUND', { reason: 'connector_not_found', parameter: 'connectorId' })
  return connector
}

/** Returns a connector with its secrets opened. null: it does not exist. */
export async function openConnectorSecrets(
  db: Db,
  { sealer, connectorId }: { sealer: Sealer; connectorId: string },
): Promise<Connector | null> {
  return openWhere(db, sealer, eq(connectors.id, connectorId))
}

/** Returns whether a segment of a path has the form of a callback key; others are refused without a query. */
export function isCallbackKey(segment: string): boolean {
  return /^\w{22}$/.test(segment)
}

/** Returns the connector that an incoming callback is for, by the secret segment of its path. null: none of this type has it. */
export async function findConnectorByCallbackKey<Type extends ConnectorType>(
  db: Db,
  { sealer, type, callbackKey }: { sealer: Sealer; type: Type; callbackKey: string },
): Promise<ConnectorOf<Type> | null> {
  const isMatch = and(eq(connectors.type, type), eq(connectors.callbackKeyHash, hashToken(callbackKey)))
  return (await openWhere(db, sealer, isMatch)) as ConnectorOf<Type> | null
}

/** Returns the id of the connector that an incoming callback is for, like `findConnectorByCallbackKey`. null: none of this type has it. */
export async function findConnectorIdByCallbackKey(
  db: Db,
  { type, callbackKey }: { type: ConnectorType; callbackKey: string },
): Promise<string | null> {
  const isMatch = and(eq(connectors.type, type), eq(connectors.callbackKeyHash, hashToken(callbackKey)))
  const [connector] = await db.select({ id: connectors.id }).from(connectors).where(isMatch)
  return connector?.id ?? null
}

/** Returns the wecom connector of this name that is marked as assistant. null: none. */
export async function findAssistantConnector(db: Db, { name }: { name: string }): Promise<ConnectorRow | null> {
  const [connector] = await db
    .select(connectorColumns)
    .from(connectors)
    .where(and(eq(connectors.name, name), connectors.isAssistant))
  return connector ?? null
}

/** Returns the secret segment of a connector's callback path. @throws NOT_FOUND */
export async function openCallbackKey(
  db: Db,
  { sealer, connectorId }: { sealer: Sealer; connectorId: string },
): Promise<string> {
  const [row] = await db
    .select({ sealed: connectors.callbackKeySealed })
    .from(connectors)
    .where(eq(connectors.id, connectorId))
  if (!row) throw new AppError('NOT_FOUND', { reason: 'connector_not_found', parameter: 'connectorId' })
  return sealer.open(row.sealed, sealContext.callbackKey(connectorId))
}

/** What binds each sealed text to its row. */
export const sealContext = {
  secrets: (connectorId: string) => `connector.secrets:${connectorId}`,
  callbackKey: (connectorId: string) => `connector.callback:${connectorId}`,
}

async function openWhere(db: Db, sealer: Sealer, where: SQL | undefined): Promise<Connector | null> {
  const [row] = await db
    .select()
    .from(connectors)
    .where(where ?? sql`false`)
  if (!row) return null
  const { id, type, name, isAssistant } = row
  const secrets: unknown = JSON.parse(sealer.open(row.secretsSealed, sealContext.secrets(id)))
  return {
    id,
    type,
    name,
    isAssistant,
    settings: connectorSettings[type].parse(row.settings),
    secrets: connectorSecrets[type].parse(secrets),
    callbackKey: sealer.open(row.callbackKeySealed, sealContext.callbackKey(id)),
  } as Connector
}
