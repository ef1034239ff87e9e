import type { Db } from '@/lib/db/client'
import { auditEntries } from '@/lib/db/schema/operator'

/** Lists who has ever changed something and what kinds of change there were, to choose from. */
export async function listAuditKinds(db: Db): Promise<{ actors: string[]; actions: string[] }> {
  const { actor, action } = auditEntries
  const [actors, actions] = await Promise.all([
    db.selectDistinct({ actor }).from(auditEntries).orderBy(actor),
    db.selectDistinct({ action }).from(auditEntries).orderBy(action),
  ])
  return { actors: actors.map((row) => row.actor), actions: actions.map((row) => row.action) }
}
