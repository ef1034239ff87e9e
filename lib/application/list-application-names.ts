import { desc, inArray } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'

export type ApplicationName = { id: string; name: string }

/** So many names at most are offered to choose from. */
const maxNames = 500

/** Lists the names of these applications, or of the newest 500 to choose from. */
export async function listApplicationNames(
  db: Db,
  { ids }: { ids?: string[] | undefined } = {},
): Promise<ApplicationName[]> {
  return db
    .select({ id: applications.id, name: applications.name })
    .from(applications)
    .where(ids && inArray(applications.id, ids))
    .orderBy(desc(applications.createdAt), desc(applications.id))
    .limit(ids?.length || maxNames)
}
