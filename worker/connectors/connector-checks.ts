import type { ConnectorOf } from '@/lib/connector/connector-types'
import type { Db } from '@/lib/db/client'
import type { ConnectorType } from '@/lib/db/types'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import type { Env } from '@/lib/env'
import type { Sealer } from '@/lib/secret'
import type { Sentence } from '@/lib/sentence'
import { checkGateway } from '@/worker/gateway/check-gateway'
import { checkCompany } from '@/worker/wecom/check-company'

export type CheckContext = {
  db: Db
  sealer: Sealer
  env: Env
  egress: EgressPolicy
  /** Aborts when the time of the check is over. */
  signal: AbortSignal
}

/** Calls the service and returns what is missing, each as a sentence that an operator can act on; empty: nothing. */
export type ConnectorCheck<Type extends ConnectorType> = (
  connector: ConnectorOf<Type>,
  context: CheckContext,
) => Promise<Sentence[]>

/** The check of each type. Its file belongs to the adapter: `worker/wecom/`, `worker/gateway/`. */
export const connectorChecks: { [Type in ConnectorType]: ConnectorCheck<Type> } = {
  wecom: checkCompany,
  gateway: checkGateway,
}
