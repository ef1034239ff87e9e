import { requestCommand } from '@/lib/command/request-command'
import { requireCapability } from '@/lib/connection/capabilities'
import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { getConnection } from '@/lib/robot/get-connection'
import { getLiveSession } from '@/lib/session/get-session'
import { runCommand } from '@/lib/actions/run-command'
import type { ActionContext } from '@/lib/actions/action-context'

const numberTimeoutMs = 15_000

/**
 * Enters the number that the phone shows during a login and waits up to 15 s for the result. `record` runs in the transaction of the request.
 * @throws ILLEGAL_ACTION if logins of this connection need no number, this login does not wait for a number, or too many wrong numbers were
 * entered; INVALID_PARAMETER if the number is wrong; COMMAND_TIMEOUT. Spec: E5 (iLink).
 */
export async function enterLoginNumber(
  ctx: ActionContext,
  { robotId, number, actor }: { robotId: string; number: string; actor?: string },
  record: (tx: Tx) => Promise<void>,
): Promise<void> {
  requireCapability((await getConnection(ctx.db, { robotId })).connection, 'verifyCode')
  if ((await getLiveSession(ctx.db, { robotId }))?.state !== 'waiting_code')
    throw new AppError('ILLEGAL_ACTION', { reason: 'number_not_needed' })
  const command = {
    robotId,
    type: 'login_code',
    timeoutMs: numberTimeoutMs,
    payload: { loginNumber: number },
    actor,
  } as const
  const { commandId } = await ctx.db.transaction(async (tx) => {
    await record(tx)
    return requestCommand(tx, command)
  })
  await runCommand(ctx, { robotId, commandId, timeoutMs: numberTimeoutMs })
}
