import { and, asc, eq } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { companions } from '@/lib/db/schema/contact'

/** Lists an assistant's companions by name; `contactId` null: not yet identified. */
export async function listCompanions(db: Db, { robotId }: { robotId: string }) {
  return db
    .select({ name: companions.name, contactId: companions.contactId, identifiedBy: companions.identifiedBy })
    .from(companions)
    .where(eq(companions.robotId, robotId))
    .orderBy(asc(companions.name))
}

/** Records the contact of a companion, so that a later rename does not matter. */
export async function recordCompanion(
  tx: Tx,
  companion: {
    robotId: string
    name: string
    contactId: string
    identifiedBy: 'remark' | 'nickname' | 'operator'
  },
): Promise<void> {
  const { robotId, name, contactId, identifiedBy } = companion
  await tx
    .update(companions)
    .set({ contactId, identifiedBy })
    .where(and(eq(companions.robotId, robotId), eq(companions.name, name)))
}
