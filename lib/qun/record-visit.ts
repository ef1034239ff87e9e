import { createHmac } from 'node:crypto'
import type { Db } from '../db/client'
import { qunVisits } from '../db/schema/qun'

const programs = /bot|spider|crawl|preview|curl|wget|python|^$/i

/** Counts a person who opened the join page, once; what is kept tells neither address nor browser. Programs are not counted. */
export async function recordVisit(
  db: Db,
  visit: { qunId: string; address: string; userAgent: string; secret: string },
): Promise<void> {
  const { qunId, address, userAgent, secret } = visit
  if (programs.test(userAgent)) return
  const visitor = createHmac('sha256', secret)
    .update(JSON.stringify([qunId, address, userAgent]))
    .digest('base64url')
  await db
    .insert(qunVisits)
    .values({ qunId, visitor: visitor.slice(0, 22) })
    .onConflictDoNothing()
}
