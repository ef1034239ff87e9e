import { eq } from 'drizzle-orm'
import { expireFriendRequests } from '@/lib/address-book/friend-request'
import { storeAddressBook } from '@/lib/address-book/store-address-book'
import type { Tx } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'
import { markRoomsGone } from '@/lib/room/mark-room-gone'
import { deleteKeptCredentials } from '@/lib/session/record-session-state'
import { getLiveSession } from '@/lib/session/get-session'

/**
 * Releases a robot for another WeChat account: the next account that logs in is bound to it, and the rooms and contacts of the previous one are gone.
 * @throws ILLEGAL_ACTION while the previous account is online, or if the robot has none. Spec: A7 (login).
 */
export async function releaseRobot(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const isRobot = eq(robots.id, robotId)
  const [robot] = await tx.select({ uin: robots.wechatUin }).from(robots).where(isRobot).for('no key update')
  await tx.update(robots).set({ wechatUin: null, nickname: '' }).where(isRobot)
  if (robot?.uin === null) throw new AppError('ILLEGAL_ACTION', { reason: 'never_logged_in' })
  if ((await getLiveSession(tx, { robotId }))?.onlineAt)
    throw new AppError('ILLEGAL_ACTION', { reason: 'still_online' })
  await deleteKeptCredentials(tx, { robotId })
  await markRoomsGone(tx, { robotId })
  await storeAddressBook(tx, { robotId, listed: [] })
  await expireFriendRequests(tx, { robotId })
}
