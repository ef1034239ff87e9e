import type { Db } from '@/lib/db/client'
import { auditEntries } from '@/lib/db/schema/operator'

/** Lists who has ever changed something, to choose from. */
export async function listActors(db: Db): Promise<string[]> {
  const { actor } = auditEntries
  return (await db.selectDistinct({ actor }).from(auditEntries).orderBy(actor)).map((row) => row.actor)
}
