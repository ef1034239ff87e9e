import { requestCommand } from '@/lib/command/request-command'
import { wakeRobot } from '@/lib/queue/wake'
import { markRobotDeleted } from '@/lib/robot/delete-robot'
import { getLiveSession } from '@/lib/session/get-live-session'
import type { GatewayContext } from './gateway-context'

/** Long enough for a worker to come back, whatever happened to all of them. */
const logoutTimeoutMs = 7 * 24 * 3600 * 1000

/** Deletes a robot at once; its logout at WeChat is left to its owner, or its next one, and not waited for. Spec: A6. */
export async function deleteRobot(ctx: GatewayContext, { robotId }: { robotId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await markRobotDeleted(tx, { robotId })
    if (await getLiveSession(tx, { robotId }))
      await requestCommand(tx, { robotId, type: 'logout', timeoutMs: logoutTimeoutMs })
  })
  await wakeRobot(ctx, robotId)
}
