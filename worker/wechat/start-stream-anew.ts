import type { Line } from './line'
import { initAnswer } from './raw-shapes'
import { offlineReasonOfError, SessionOver, WechatCallError } from './wechat-errors'

/**
 * WeChat refused to go on from a stored SyncKey, without saying that the session is dead: starts the stream anew. What arrived meanwhile
 * is missing then. @throws SessionOver when that is refused too
 */
export async function startStreamAnew(line: Line): Promise<void> {
  try {
    const { ContactList } = initAnswer.parse(await line.client.init())
    for (const contact of ContactList) line.book.put(contact)
    line.log.warn('WeChat does not go on from the stored position, what arrived meanwhile may be missing')
  } catch (error) {
    if (offlineReasonOfError(error)) throw error
    if (error instanceof WechatCallError && error.failure === 'ret') throw new SessionOver('expired')
    throw error
  }
}
