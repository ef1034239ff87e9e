import type { Tx } from '@/lib/db/client'
import { requestCommand } from '@/lib/command/request-command'
import { wakeRobot } from '@/lib/queue/wake'
import { markRobotDeleted } from '@/lib/robot/delete-robot'
import { getLiveSession } from '@/lib/session/get-live-session'
import type { GatewayContext } from './gateway-context'

/** Long enough for a worker to come back, whatever happened to all of them. */
const logoutTimeoutMs = 7 * 24 * 3600 * 1000

/** Deletes a robot at once; its logout at WeChat is left to its owner, or its next one, and not waited for. `record` is written with it. Spec: A6. */
export async function deleteRobot(
  ctx: GatewayContext,
  { robotId, actor }: { robotId: string; actor?: string },
  record: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await markRobotDeleted(tx, { robotId })
    await record(tx)
    if (await getLiveSession(tx, { robotId }))
      await requestCommand(tx, { robotId, type: 'logout', timeoutMs: logoutTimeoutMs, actor })
  })
  await wakeRobot(ctx, robotId)
}
