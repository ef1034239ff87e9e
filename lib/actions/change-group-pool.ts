import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '@/lib/audit/record-audit'
import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Tx } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { requestGroups } from '@/lib/qun/advance-qun'
import { changePool } from '@/lib/wecom/group-pool'

type Change = {
  connectorId: string
  chatId: string
  /** false: it is taken out of the pool; a merchant group that has it keeps it. */
  isIn: boolean
  who: { actor: string; peerAddress?: string }
}

/**
 * Puts a customer group into the pool of a company, or takes it out, and records the change; merchant groups that wait for a free group look
 * again at once. @throws as `changePool`. Spec: E7 (customer groups).
 */
export async function changeGroupPool(tx: Tx, { connectorId, chatId, isIn, who }: Change): Promise<void> {
  await changePool(tx, { connectorId, chatId, isIn })
  const detail = isIn ? { addedGroup: chatId } : { removedGroup: chatId }
  await recordAudit(tx, { ...who, action: 'connector.update', targetId: connectorId, detail })
  if (!isIn) return
  const ofCompany = and(eq(robots.connectorId, connectorId), eq(robots.connection, 'wecom_group'))
  const found = await tx
    .select({ id: robots.id })
    .from(robots)
    .where(and(ofCompany, isNull(robots.deletedAt)))
  for (const { id: robotId } of found) if (await requestGroups(tx, { robotId })) wakeRobotAfterCommit(tx, robotId)
}
