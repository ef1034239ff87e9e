import { followStream } from '@/worker/wechat/session/follow-stream'
import { readAccount, type WechatSession } from '@/worker/wechat/session/wechat-session'
import { loadRooms } from '@/worker/wechat/session/load-rooms'
import { logIn } from '@/worker/wechat/session/log-in'
import { restorePosition, writePosition } from '@/worker/wechat/session/position'
import { SessionOver } from '@/worker/wechat/errors'

/**
 * Runs one login until it is detached: from a QR code, or from the saved position.
 * @throws SessionOver, or the error of the call with which WeChat ended the session
 */
export async function runWechatSession(session: WechatSession, saved: string | null): Promise<void> {
  if (saved === null) {
    await logIn(session)
    if (session.signal.aborted) return
    session.phase = 'online'
    session.hasSynced = true
    await session.events.push([{ type: 'online', account: readAccount(session) }], writePosition(session))
  } else if (!restorePosition(session, saved)) {
    session.log.error('the stored position cannot be read')
    throw new SessionOver('expired')
  }
  await Promise.all([followStream(session), loadRooms(session, { isNewLogin: saved === null })])
}
