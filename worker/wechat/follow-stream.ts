import { askForNews } from './ask-scripts'
import { readAccount, type Line } from './line'
import { backoffMs, pause } from './pause'
import { syncAnswer } from './raw-shapes'
import { receiveSync } from './receive-sync'
import { startStreamAnew } from './start-stream-anew'
import { offlineReasonOfError, outageCauseOf, WechatCallError } from './wechat-errors'

/** One failed call is a hiccup, two in a row an outage. */
const failuresOfAnOutage = 2
const shortestRoundMs = 300

/**
 * Receives what happens for as long as the session lives. An outage is told and waited out, however long; afterwards the stream goes on
 * where it stopped. Resolves when the line is let go.
 * @throws the error by which WeChat said that the session is over
 */
export async function followStream(line: Line): Promise<void> {
  let failures = 0
  // After a failure, and first of all, we sync at once: a check for news would be held for 25 s when all is well again.
  let isSyncDue = line.phase !== 'online'
  while (!line.signal.aborted) {
    const startedAt = performance.now()
    try {
      if (isSyncDue || (await askForNews(line.client))) {
        const answer = syncAnswer.parse(await sync(line))
        await tellOnline(line)
        await receiveSync(line, answer)
        isSyncDue = answer.ContinueFlag !== 0
        // WeChat sometimes announces news that never come; without a pause that would be asked for without end.
        if (answer.AddMsgList.length === 0) await pause(shortestRoundMs - (performance.now() - startedAt), line.signal)
      }
      failures = 0
    } catch (error) {
      if (line.signal.aborted) return
      if (offlineReasonOfError(error)) throw error
      // Our own hesitation is no outage of WeChat.
      if (!line.mayCall()) {
        isSyncDue = true
        await pause(shortestRoundMs, line.signal)
        continue
      }
      line.log.warn({ err: error }, 'WeChat does not answer as it should, another try follows')
      isSyncDue = true
      if (++failures === failuresOfAnOutage && line.phase !== 'reconnecting') {
        line.phase = 'reconnecting'
        await line.events.hand([{ type: 'reconnecting', cause: outageCauseOf(error) }], null)
      }
      await pause(backoffMs(failures, 1_000, 15_000), line.signal)
    }
  }
}

async function sync(line: Line): Promise<unknown> {
  try {
    const answer = await line.client.sync()
    line.hasSynced = true
    return answer
  } catch (error) {
    const isKeyRefused = !line.hasSynced && error instanceof WechatCallError && error.failure === 'ret'
    if (!isKeyRefused || offlineReasonOfError(error)) throw error
    await startStreamAnew(line)
    return {}
  }
}

/** Tells that the line is up, unless that is known. No position: what has just been synced is not stored yet. */
async function tellOnline(line: Line): Promise<void> {
  if (line.phase === 'online') return
  line.phase = 'online'
  await line.events.hand([{ type: 'online', account: readAccount(line) }], null)
}
