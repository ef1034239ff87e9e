import { inArray } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { tokens } from '@/lib/db/schema/application'

/** What tokens of any application are called, those revoked too. */
export async function listTokenNames(db: Db, { tokenIds }: { tokenIds: string[] }): Promise<Map<string, string>> {
  if (tokenIds.length === 0) return new Map()
  const rows = await db.select({ id: tokens.id, name: tokens.name }).from(tokens).where(inArray(tokens.id, tokenIds))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
