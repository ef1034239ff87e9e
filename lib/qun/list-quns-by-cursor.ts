import { and, asc, gt } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { quns } from '@/lib/db/schema/qun'
import { AppError } from '@/lib/errors'
import { matchesQun, type QunFilters } from '@/lib/qun/list-quns'
import { type QunView, selectQunViews } from '@/lib/qun/qun-view'
import { isInScope, type RobotScope } from '@/lib/robot/robot-scope'

/**
 * Lists the quns of a token's assistants by id, after the id `cursor`, so that a qun created between two calls does not shift the next
 * page. `nextCursor` is null on the last page. @throws INVALID_PARAMETER if `cursor` does not have the form of a qun id.
 */
export async function listQunsByCursor(
  db: Db,
  { scope, cursor, limit, ...filters }: QunFilters & { scope: RobotScope; cursor?: string | undefined; limit: number },
): Promise<{ rows: QunView[]; nextCursor: string | null }> {
  if (cursor !== undefined && !/^qun_\w+$/.test(cursor))
    throw new AppError('INVALID_PARAMETER', { reason: 'cursor_invalid', parameter: 'cursor' })
  const isAfter = cursor === undefined ? undefined : gt(quns.id, cursor)
  const rows = await selectQunViews(db)
    .where(and(isInScope(scope), matchesQun(filters), isAfter))
    .orderBy(asc(quns.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}
