import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { wecomCompanies } from '@/lib/db/schema/wecom'
import type { SeenAddress } from '@/lib/db/types'

/** Workers behind more addresses than this are rare. */
const maxAddresses = 5

/** Records the outgoing address of a worker as WeCom saw it, for operators who tell WeCom to trust it; the latest ones are kept. */
export async function recordSeenAddress(
  db: Db,
  { connectorId, address }: { connectorId: string; address: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const isIts = eq(wecomCompanies.connectorId, connectorId)
    await tx.insert(wecomCompanies).values({ connectorId }).onConflictDoNothing()
    const [row] = await tx
      .select({ seen: wecomCompanies.seenAddresses })
      .from(wecomCompanies)
      .where(isIts)
      .for('no key update')
    const others = (row?.seen ?? []).filter((one) => one.address !== address)
    const seenAddresses = [{ address, at: new Date().toISOString() }, ...others].slice(0, maxAddresses)
    await tx.update(wecomCompanies).set({ seenAddresses }).where(isIts)
  })
}

/** Lists the outgoing addresses of workers that WeCom saw, the latest first. */
export async function listSeenAddresses(db: Db, { connectorId }: { connectorId: string }): Promise<SeenAddress[]> {
  const [row] = await db
    .select({ seen: wecomCompanies.seenAddresses })
    .from(wecomCompanies)
    .where(eq(wecomCompanies.connectorId, connectorId))
  return row?.seen ?? []
}
