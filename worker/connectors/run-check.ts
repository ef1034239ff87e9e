import { readDueCheck, recordCheck } from '@/lib/connector/check-connector'
import type { Connector } from '@/lib/connector/connector-types'
import { isCheckPassed } from '@/lib/connector/is-check-passed'
import { openConnectorSecrets } from '@/lib/connector/find-connector'
import type { Logger } from '@/lib/logger'
import { type Sentence, sentenceOf } from '@/lib/sentence'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import { type CheckContext, type ConnectorCheck, connectorChecks } from '@/worker/connectors/connector-checks'

/** Maximum duration of a check; shorter than `checkTimeoutMs` of the request that waits. */
const maxCheckMs = 20_000

type Context = Omit<CheckContext, 'signal'> & { log: Logger }

/** Runs the check of a connector if one is due, and records its result; two workers may run it twice, which does no harm. */
export async function runCheck(context: Context, { connectorId }: { connectorId: string }): Promise<void> {
  const { db, sealer } = context
  const requestedAt = await readDueCheck(db, { connectorId })
  if (!requestedAt) return
  const connector = await openConnectorSecrets(db, { sealer, connectorId })
  if (!connector) return
  const problems = await findProblems(context, connector)
  await db.transaction(async (tx) => {
    await recordCheck(tx, { connectorId, requestedAt, problems })
    // Robots whose credentials were refused start again.
    if (connector.type === 'wecom' && isCheckPassed(problems)) await startKfSessions(tx, { connectorId })
  })
}

async function findProblems({ log, ...context }: Context, connector: Connector): Promise<Sentence[]> {
  const signal = AbortSignal.timeout(maxCheckMs)
  const late = new Promise<Sentence[]>((resolve) =>
    signal.addEventListener('abort', () =>
      resolve([sentenceOf('connector_check_timeout', { seconds: maxCheckMs / 1000 })]),
    ),
  )
  // The table ties each check to its type; the compiler does not see the pair.
  const check = connectorChecks[connector.type] as ConnectorCheck<typeof connector.type>
  try {
    return await Promise.race([check(connector as never, { ...context, signal }), late])
  } catch (error) {
    log.error({ err: error, connectorId: connector.id }, 'connector check failed')
    return [sentenceOf('connector_check_failed')]
  }
}
