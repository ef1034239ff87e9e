import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { forgetAccount } from '@/lib/robot/forget-account'
import { forgetRooms } from '@/lib/room/forget-rooms'
import { getLiveSession } from '@/lib/session/get-live-session'

/**
 * Releases a robot for another WeChat account: whoever logs in next is its account, the rooms of the old one are gone.
 * @throws ILLEGAL_ACTION while the old account is logged in, or when the robot never had one. Decisions A7.
 */
export async function releaseRobot(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const { wasKnown } = await forgetAccount(tx, { robotId })
  if (!wasKnown) throw new AppError('ILLEGAL_ACTION', '机器人还没有登录过微信，任何微信号都可以登录')
  if ((await getLiveSession(tx, { robotId }))?.onlineAt)
    throw new AppError('ILLEGAL_ACTION', '机器人还在线，请先退出登录')
  await forgetRooms(tx, { robotId })
}
