import { eq } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'

/**
 * Serializes changes to the identity and bindings of a robot's rooms until the transaction ends: the worker's syncs and operators'
 * decisions. Returns the account that owns the rooms; null: not yet logged in.
 */
export async function lockRooms(tx: Tx, { robotId }: { robotId: string }): Promise<{ accountUin: string | null }> {
  const isRobot = eq(robots.id, robotId)
  const [robot] = await tx.select({ accountUin: robots.wechatUin }).from(robots).where(isRobot).for('no key update')
  return { accountUin: robot?.accountUin ?? null }
}
