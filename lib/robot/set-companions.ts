import { and, asc, eq, notInArray } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { companions } from '@/lib/db/schema/contact'

/** Sets an assistant's companions by nickname or remark; those that stay keep who they were found to be. Spec: B3. */
export async function setCompanions(
  tx: Tx,
  { robotId, names }: { robotId: string; names: readonly string[] },
): Promise<void> {
  const unique = [...new Set(names.map((name) => name.trim()).filter(Boolean))]
  await tx.delete(companions).where(and(eq(companions.robotId, robotId), notInArray(companions.name, ['', ...unique])))
  if (unique.length > 0)
    await tx
      .insert(companions)
      .values(unique.map((name) => ({ robotId, name })))
      .onConflictDoNothing()
}

/** An assistant's companions by name; `contactId` is null for one who was not found yet. */
export async function listCompanions(db: Db, { robotId }: { robotId: string }) {
  return db
    .select({ name: companions.name, contactId: companions.contactId })
    .from(companions)
    .where(eq(companions.robotId, robotId))
    .orderBy(asc(companions.name))
}

/** Notes who a companion is, so that a later change of name does not matter. */
export async function recordCompanion(
  tx: Tx,
  { robotId, name, contactId }: { robotId: string; name: string; contactId: string },
): Promise<void> {
  await tx
    .update(companions)
    .set({ contactId })
    .where(and(eq(companions.robotId, robotId), eq(companions.name, name)))
}
