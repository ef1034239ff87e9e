import { callbackPath, connectorSettings, type ConnectorSettings } from '@/lib/connector/connector-types'
import { getConnectorOrThrow, openCallbackKey } from '@/lib/connector/find-connector'
import { listBorrowers } from '@/lib/connector/lend-connector'
import type { ConnectorType, SeenAddress } from '@/lib/db/types'
import { listRefusals, type Refusals } from '@/lib/gateway/receive-callback'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { type CheckState, checkStateOf } from '@/lib/dashboard/connector/list'
import type { Sentence } from '@/lib/sentence'
import { listSeenAddresses } from '@/lib/wecom/seen-addresses'

type Settled = { [Type in ConnectorType]: { type: Type; settings: ConnectorSettings<Type> } }[ConnectorType]

export type RefusalView = Omit<Refusals, 'lastAt'> & { lastAt: string }

export type ConnectorDetail = Settled & {
  id: string
  name: string
  isAssistant: boolean
  /** Contains a secret. null: the operator is a viewer. */
  callbackUrl: string | null
  check: CheckState
  checkedAt: string | null
  /** What the last check found. */
  problems: Sentence[]
  riskAcceptedAt: string | null
  /** Outgoing addresses of workers that WeCom saw, the latest first; [] for another service. */
  seenAddresses: SeenAddress[]
  /** Refused callbacks, counted by reason; [] for a service that signs its callbacks. */
  refusals: RefusalView[]
  applicationIds: string[]
  createdAt: string
}

/** Returns one connector without its secrets. @throws AppError NOT_FOUND */
export async function readConnector(
  { db, sealer, env, operator }: ViewContext,
  connectorId: string,
): Promise<ConnectorDetail> {
  const connector = await getConnectorOrThrow(db, { connectorId })
  const { id, type, name, isAssistant, problems, checkedAt, riskAcceptedAt, createdAt } = connector
  const path = operator.role === 'admin' && callbackPath(type, await openCallbackKey(db, { sealer, connectorId }))
  const refusals = type === 'gateway' ? await listRefusals(db, { connectorId }) : []
  const settled = { type, settings: connectorSettings[type].parse(connector.settings) } as Settled
  return {
    ...settled,
    id,
    name,
    isAssistant,
    callbackUrl: path ? `${env.PUBLIC_URL}${path}` : null,
    check: checkStateOf(problems),
    checkedAt: checkedAt?.toISOString() ?? null,
    problems: problems ?? [],
    riskAcceptedAt: riskAcceptedAt?.toISOString() ?? null,
    seenAddresses: type === 'wecom' ? await listSeenAddresses(db, { connectorId }) : [],
    refusals: refusals.map(({ lastAt, ...refusal }) => ({ ...refusal, lastAt: lastAt.toISOString() })),
    applicationIds: await listBorrowers(db, { connectorId }),
    createdAt: createdAt.toISOString(),
  }
}
