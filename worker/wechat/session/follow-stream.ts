import { backoffMs, sleep } from '@/lib/retry'
import { initialize } from '@/worker/wechat/client/login-calls'
import { pollSyncCheck, sync } from '@/worker/wechat/client/sync-calls'
import { readAccount, type WechatSession } from '@/worker/wechat/session/wechat-session'
import { initResponse, syncResponse } from '@/worker/wechat/protocol/raw-shapes'
import { receiveSync } from '@/worker/wechat/session/receive-sync'
import { offlineReasonOfError, outageCauseOf, SessionOver, WechatCallError } from '@/worker/wechat/errors'

/** Consecutive failed calls that count as an outage. */
const minOutageFailures = 2
const minRoundMs = 300

/**
 * Receives events until the session is detached. Reports an outage and waits until it ends; then the stream resumes where it stopped.
 * @throws the error with which WeChat ended the session
 */
export async function followStream(session: WechatSession): Promise<void> {
  let failures = 0
  // Sync at once at the start and after a failure: WeChat would hold a sync check for 25 s.
  let isSyncDue = session.phase !== 'online'
  while (!session.signal.aborted) {
    const startedAtMs = performance.now()
    try {
      if (isSyncDue || (await pollSyncCheck(session.client))) {
        const response = syncResponse.parse(await syncOrRestart(session))
        await reportOnline(session)
        await receiveSync(session, response)
        isSyncDue = response.ContinueFlag !== 0
        // WeChat sometimes announces messages that never come; without a pause this loop would spin.
        if (response.AddMsgList.length === 0)
          await sleep(minRoundMs - (performance.now() - startedAtMs), session.signal)
      }
      failures = 0
      session.onSynced?.()
    } catch (error) {
      if (session.signal.aborted) return
      if (offlineReasonOfError(error)) throw error
      // A skipped call is not an outage.
      if (!session.isLeaseValid()) {
        isSyncDue = true
        await sleep(minRoundMs, session.signal)
        continue
      }
      session.log.warn({ err: error }, 'call to WeChat failed, retrying')
      isSyncDue = true
      if (++failures === minOutageFailures && session.phase !== 'reconnecting') {
        session.phase = 'reconnecting'
        await session.events.push([{ type: 'reconnecting', cause: outageCauseOf(error) }], null)
      }
      await sleep(backoffMs(failures, { minMs: 1_000, maxMs: 15_000 }), session.signal)
    }
  }
}

async function syncOrRestart(session: WechatSession): Promise<unknown> {
  try {
    const response = await sync(session.client)
    session.hasSynced = true
    return response
  } catch (error) {
    const isKeyRefused = !session.hasSynced && error instanceof WechatCallError && error.failure === 'ret'
    if (!isKeyRefused || offlineReasonOfError(error)) throw error
    await restartStream(session)
    return {}
  }
}

/** Emits `online` unless that was done. Without a position, because the sync before it is not stored yet. */
async function reportOnline(session: WechatSession): Promise<void> {
  if (session.phase === 'online') return
  session.phase = 'online'
  await session.events.push([{ type: 'online', account: readAccount(session) }], null)
}

/**
 * Restarts the stream after WeChat refused the stored SyncKey without ending the session. Messages that arrived in between are lost.
 * @throws SessionOver if WeChat refuses this too
 */
async function restartStream(session: WechatSession): Promise<void> {
  try {
    const { ContactList } = initResponse.parse(await initialize(session.client))
    for (const contact of ContactList) session.book.put(contact)
    session.log.warn('WeChat refused the stored position; messages received in between may be missing')
  } catch (error) {
    if (offlineReasonOfError(error)) throw error
    if (error instanceof WechatCallError && error.failure === 'ret') throw new SessionOver('expired')
    throw error
  }
}
