import { and, asc, eq, gt, isNotNull } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { wecomCallbacks } from '@/lib/db/schema/wecom'

const maxHints = 500

/** Returns the customer groups that callbacks named after `afterId`, and the id of the last one read. null: none. Spec: E7 (customer groups). */
export async function readGroupHints(
  db: Db,
  { robotId, afterId }: { robotId: string; afterId: number },
): Promise<{ id: number; chatIds: string[] } | null> {
  const rows = await db
    .select({ id: wecomCallbacks.id, chatId: wecomCallbacks.chatId })
    .from(wecomCallbacks)
    .innerJoin(robots, eq(robots.connectorId, wecomCallbacks.connectorId))
    .where(
      and(
        eq(robots.id, robotId),
        // Makes the index of the accounts serve this.
        eq(wecomCallbacks.openKfId, ''),
        isNotNull(wecomCallbacks.chatId),
        gt(wecomCallbacks.id, afterId),
      ),
    )
    .orderBy(asc(wecomCallbacks.id))
    .limit(maxHints)
  const last = rows.at(-1)
  if (!last) return null
  return { id: last.id, chatIds: [...new Set(rows.flatMap(({ chatId }) => chatId ?? []))] }
}
