import { and, eq, isNull, ne, or } from 'drizzle-orm'
import type { z } from 'zod'
import { keepAssistantRobot } from '@/lib/connector/assistant-robot'
import { connectorSecrets, connectorSettings } from '@/lib/connector/connector-types'
import {
  type ConnectorRow,
  getConnectorOrThrow,
  openConnectorSecrets,
  sealContext,
} from '@/lib/connector/find-connector'
import type { Tx } from '@/lib/db/client'
import { connectors } from '@/lib/db/schema/connector'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'
import type { Sealer } from '@/lib/secret'

type ConnectorChange = {
  connectorId: string
  name?: string | undefined
  /** Given fields only, of the connector's type; others are ignored. */
  settings?: Record<string, string | undefined> | undefined
  /** Given fields only, of the connector's type; others are ignored. */
  secrets?: Record<string, string | undefined> | undefined
  isAssistant?: boolean | undefined
}

/**
 * Changes the given fields of a connector and returns it. A change of settings or secrets clears the result of the last check.
 * @throws NOT_FOUND; INVALID_PARAMETER when the name is taken, or a gateway is made an assistant; ILLEGAL_ACTION for a second assistant
 * of this name, or one that no application may use; ZodError for a field that does not fit
 */
export async function updateConnector(
  tx: Tx,
  { sealer, ...change }: ConnectorChange & { sealer: Sealer },
): Promise<ConnectorRow> {
  const { connectorId, name, settings, secrets, isAssistant } = change
  await tx.select({ id: connectors.id }).from(connectors).where(eq(connectors.id, connectorId)).for('update')
  const before = await getConnectorOrThrow(tx, { connectorId })
  if (name !== undefined) await refuseTakenName(tx, connectorId, name)
  if (isAssistant && before.type !== 'wecom')
    throw new AppError('INVALID_PARAMETER', { reason: 'connector_not_assistant', parameter: 'isAssistant' })
  if (isAssistant) await refuseAssistantName(tx, connectorId, name ?? before.name)
  const isRewired = Boolean(settings ?? secrets)
  const fields = {
    name,
    isAssistant,
    ...(settings && { settings: merge(connectorSettings[before.type], before.settings, settings) }),
    ...(secrets && { secretsSealed: await resealed(tx, sealer, before, secrets) }),
    ...(isRewired && { checkedAt: null, problems: null }),
  }
  if (Object.values(fields).some((value) => value !== undefined))
    await tx.update(connectors).set(fields).where(eq(connectors.id, connectorId))
  const after = await getConnectorOrThrow(tx, { connectorId })
  if (after.isAssistant || before.isAssistant)
    await keepAssistantRobot(tx, { connectorId, name: after.name, isAssistant: after.isAssistant })
  return after
}

async function refuseTakenName(tx: Tx, connectorId: string, name: string): Promise<void> {
  const [other] = await tx
    .select({ id: connectors.id })
    .from(connectors)
    .where(and(eq(connectors.name, name), ne(connectors.id, connectorId)))
  if (other) throw new AppError('INVALID_PARAMETER', { reason: 'connector_name_taken', parameter: 'name' })
}

/** An assistant's name is unique in the installation, robots included. Spec: B3 (assistant). */
async function refuseAssistantName(tx: Tx, connectorId: string, username: string): Promise<void> {
  const [robot] = await tx
    .select({ id: robots.id })
    .from(robots)
    .where(
      and(
        eq(robots.username, username),
        eq(robots.isAssistant, true),
        isNull(robots.deletedAt),
        or(isNull(robots.connectorId), ne(robots.connectorId, connectorId)),
      ),
    )
  if (robot) throw new AppError('ILLEGAL_ACTION', { reason: 'assistant_exists', params: { username } })
}

async function resealed(
  tx: Tx,
  sealer: Sealer,
  { id: connectorId, type }: ConnectorRow,
  change: Record<string, string | undefined>,
): Promise<string> {
  const current = await openConnectorSecrets(tx, { sealer, connectorId })
  const merged = merge(connectorSecrets[type], current?.secrets ?? {}, change)
  return sealer.seal(JSON.stringify(merged), sealContext.secrets(connectorId))
}

function merge(
  schema: z.ZodType,
  current: object,
  change: Record<string, string | undefined>,
): Record<string, unknown> {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  return schema.parse({ ...current, ...given }) as Record<string, unknown>
}
