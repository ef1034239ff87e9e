import { followStream } from './follow-stream'
import { readAccount, type Line } from './line'
import { loadRooms } from './load-rooms'
import { logIn } from './log-in'
import { restorePosition, writePosition } from './position'
import { SessionOver } from './wechat-errors'

/**
 * One login's life: from a code, or from where an earlier process left it, until the line is let go.
 * @throws SessionOver or the call by which WeChat said that the session is over
 */
export async function runLine(line: Line, saved: string | null): Promise<void> {
  if (saved === null) {
    await logIn(line)
    if (line.signal.aborted) return
    line.phase = 'online'
    line.hasSynced = true
    await line.events.hand([{ type: 'online', account: readAccount(line) }], writePosition(line))
  } else if (!restorePosition(line, saved)) {
    line.log.error('the stored position cannot be read')
    throw new SessionOver('expired')
  }
  await Promise.all([followStream(line), loadRooms(line, { isNewLogin: saved === null })])
}
