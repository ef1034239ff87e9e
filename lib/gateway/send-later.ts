import { acceptMessage, type MessageInput } from '@/lib/message/accept-message'
import { wakeRobot } from '@/lib/queue/wake'
import type { GatewayContext } from './gateway-context'

/** Accepts a message and returns at once; its row tells what becomes of it. @throws what `acceptMessage` throws. Spec: A11. */
export async function sendLater(ctx: GatewayContext, input: MessageInput): Promise<{ messageId: string }> {
  const { messageId } = await ctx.db.transaction((tx) => acceptMessage(tx, input))
  await wakeRobot(ctx, input.robotId)
  return { messageId }
}
