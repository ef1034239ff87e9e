import { and, desc, eq, ilike, inArray, isNull, or } from 'drizzle-orm'
import { likePattern } from '@/lib/db/like-pattern'
import type { Db } from '@/lib/db/client'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import { selectQunViews, shownName } from '@/lib/qun/qun-view'

/** Finds the latest quns of an application by part of their name, owner or number, or those with these ids, by the names that pages show. */
export async function searchQuns(
  db: Db,
  { applicationId, search, ids, limit }: { applicationId: string; search?: string; ids?: string[]; limit: number },
): Promise<{ id: string; name: string; number: string }[]> {
  const pattern = likePattern(search ?? '')
  const isFound = search
    ? or(ilike(quns.name, pattern), ilike(quns.ownerName, pattern), ilike(quns.number, pattern))
    : undefined
  const isOwn = and(eq(robots.applicationId, applicationId), isNull(robots.deletedAt))
  const rows = await selectQunViews(db)
    .where(and(isOwn, isFound, ids && inArray(quns.id, ids)))
    .orderBy(desc(quns.createdAt), desc(quns.id))
    .limit(limit)
  return rows.map((qun) => ({ id: qun.id, name: shownName(qun), number: qun.number }))
}
