import { eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { robots } from '../db/schema/robot'

/** Makes a robot free for any WeChat account, the next that logs in; `wasKnown` is false when it had none. */
export async function forgetAccount(tx: Tx, { robotId }: { robotId: string }): Promise<{ wasKnown: boolean }> {
  const isRobot = eq(robots.id, robotId)
  const [robot] = await tx.select({ uin: robots.wechatUin }).from(robots).where(isRobot).for('no key update')
  await tx.update(robots).set({ wechatUin: null, nickname: '' }).where(isRobot)
  return { wasKnown: robot?.uin !== null }
}
