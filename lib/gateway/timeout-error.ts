import type { Db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { getLiveSession } from '@/lib/session/get-live-session'

/**
 * Says why nothing was done until the deadline, for work that provably never began: WeChat was out of reach
 * (the robot is reconnecting), the robot is gone, or no worker had time. Spec: A5.
 */
export async function timeoutError(db: Db, robotId: string): Promise<AppError> {
  const session = await getLiveSession(db, { robotId })
  if (session?.state === 'reconnecting')
    return new AppError('WECHAT_UNREACHABLE', '暂时连不上微信，正在重连，请稍后重试')
  return new AppError('COMMAND_TIMEOUT', '处理超时，请稍后重试')
}
