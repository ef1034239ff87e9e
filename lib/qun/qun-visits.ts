import { createHmac } from 'node:crypto'
import type { Db } from '@/lib/db/client'
import { qunVisits } from '@/lib/db/schema/qun'
import { sql } from 'drizzle-orm'
import { networkOf } from '@/lib/networks'

const botPattern = /bot|spider|crawl|preview|curl|wget|python|^$/i

/** Counts a person who opened the join page, once, by a keyed hash of address and browser. Bots are not counted. */
export async function recordVisit(
  db: Db,
  visit: { qunId: string; address: string; userAgent: string; secret: string },
): Promise<void> {
  const { qunId, address, userAgent, secret } = visit
  if (botPattern.test(userAgent)) return
  const visitor = createHmac('sha256', secret)
    .update(JSON.stringify([qunId, networkOf(address), userAgent]))
    .digest('base64url')
  await db
    .insert(qunVisits)
    .values({ qunId, visitor: visitor.slice(0, 22) })
    .onConflictDoNothing()
}

export const visitDays = 180

/** Deletes one batch of visits older than `visitDays`; returns how many. A person who returns after that is counted again. */
export async function deleteOldVisits(db: Db, { batchSize }: { batchSize: number }): Promise<number> {
  const rows = await db.execute(sql`
    delete from qun_visits where (qun_id, visitor) in (
      select qun_id, visitor from qun_visits where first_at < statement_timestamp() - make_interval(days => ${visitDays})
      order by first_at limit ${batchSize})
      returning 1`)
  return rows.length
}
