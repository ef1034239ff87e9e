import { requestCheck } from '@/lib/connector/check-connector'
import { type ConnectorRow, getConnectorOrThrow } from '@/lib/connector/find-connector'
import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { wakeConnector } from '@/lib/queue/wake'
import type { ActionContext } from '@/lib/actions/action-context'

/** Maximum wait for the worker's result; longer than its check (20 s). */
const checkTimeoutMs = 25_000

/**
 * Makes a worker check a connector, and returns the connector with the result within 25 s. `record` runs in the transaction of the request.
 * @throws NOT_FOUND, or COMMAND_TIMEOUT when no worker responds; the check then stays due.
 */
export async function runConnectorCheck(
  ctx: Pick<ActionContext, 'db' | 'replies' | 'queue' | 'log'>,
  { connectorId }: { connectorId: string },
  record: (tx: Tx) => Promise<void>,
): Promise<ConnectorRow> {
  await ctx.db.transaction(async (tx) => {
    await requestCheck(tx, { connectorId })
    await record(tx)
  })
  await wakeConnector(ctx, connectorId)
  const reply = await ctx.replies.wait(connectorId, checkTimeoutMs)
  if (!reply)
    throw new AppError('COMMAND_TIMEOUT', {
      reason: 'connector_check_late',
      params: { seconds: checkTimeoutMs / 1000 },
    })
  return getConnectorOrThrow(ctx.db, { connectorId })
}
