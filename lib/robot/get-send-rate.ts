import { eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { robots } from '../db/schema/robot'

/** How many messages a minute a robot may send; 0 = no limit. */
export async function getSendRate(db: Db, { robotId }: { robotId: string }): Promise<number> {
  const [robot] = await db.select({ rate: robots.sendRatePerMinute }).from(robots).where(eq(robots.id, robotId))
  return robot?.rate ?? 0
}
