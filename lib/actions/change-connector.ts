import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { getConnectorOrThrow } from '@/lib/connector/find-connector'
import { lendConnector, listBorrowers } from '@/lib/connector/lend-connector'
import { updateConnector } from '@/lib/connector/update-connector'
import type { Tx } from '@/lib/db/client'
import type { ConnectorType } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import type { Sealer } from '@/lib/secret'

type Change = Omit<Parameters<typeof updateConnector>[1], 'sealer'> & {
  sealer: Sealer
  /** The type that the settings are for. */
  type: ConnectorType
  /** Exactly these applications may use it. */
  applicationIds?: string[] | undefined
  who: { actor: string; peerAddress?: string }
}

/**
 * Changes a connector and its applications, and records the change; an entry names changed secrets, never their values.
 * @throws NOT_FOUND, also for another type; as `updateConnector` and `lendConnector`
 */
export async function changeConnector(tx: Tx, { who, type, applicationIds, secrets, ...change }: Change) {
  const { connectorId } = change
  const before = await readChangeable(tx, connectorId)
  if (before.type !== type) throw new AppError('NOT_FOUND', { reason: 'connector_not_found', parameter: 'connectorId' })
  const changedSecrets = Object.entries(secrets ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  await updateConnector(tx, { ...change, secrets: changedSecrets.length > 0 ? secrets : undefined })
  if (applicationIds) await lendConnector(tx, { connectorId, applicationIds })
  const after = await readChangeable(tx, connectorId)
  const entry = { ...who, action: 'connector.update', targetId: connectorId } as const
  if (changedSecrets.length > 0) await recordAudit(tx, { ...entry, detail: { changedSecrets } })
  await recordChange(tx, { ...entry, before, after })
  return after
}

async function readChangeable(tx: Tx, connectorId: string) {
  const { type, name, settings, isAssistant } = await getConnectorOrThrow(tx, { connectorId })
  return { type, name, ...settings, isAssistant, applicationIds: await listBorrowers(tx, { connectorId }) }
}
