import { eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { robots } from '../db/schema/robot'

/**
 * Has whoever changes which room is which, or bound, do it one after another, until the end of the transaction: the worker's lists, operators' decisions.
 * Answers the account whose rooms they are; null before the first login.
 */
export async function lockRooms(tx: Tx, { robotId }: { robotId: string }): Promise<{ accountUin: string | null }> {
  const isRobot = eq(robots.id, robotId)
  const [robot] = await tx.select({ accountUin: robots.wechatUin }).from(robots).where(isRobot).for('no key update')
  return { accountUin: robot?.accountUin ?? null }
}
