import { desc, eq, inArray, or } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import { selectQunViews, shownName } from '@/lib/qun/qun-view'

/** Maximum names in a list of choices. */
const maxNames = 300

/** Lists the latest quns of an application by the names that pages show, and those of `alsoIds`, sorted by name. */
export async function listQunNames(
  db: Db,
  { applicationId, alsoIds }: { applicationId: string; alsoIds: string[] },
): Promise<{ id: string; name: string }[]> {
  const latest = db
    .select({ id: quns.id })
    .from(quns)
    .innerJoin(robots, eq(robots.id, quns.robotId))
    .where(eq(robots.applicationId, applicationId))
    .orderBy(desc(quns.createdAt))
    .limit(maxNames)
  const rows = await selectQunViews(db).where(or(inArray(quns.id, latest), inArray(quns.id, alsoIds)))
  return rows
    .map((qun) => ({ id: qun.id, name: shownName(qun) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'))
}
