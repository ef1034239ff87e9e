import type { OutageCause } from '@/lib/db/types'
import { sleep } from '@/lib/retry'
import { causeOfFailure } from '@/worker/wechat/fetch-failure'
import { isDead, isRateLimited, WecomError } from '@/worker/wecom/client/wecom-error'
import type { KfSession } from '@/worker/wecom/session/kf-session'
import type { HintWatcher } from '@/worker/wecom/session/hint-watcher'
import { writePosition } from '@/worker/wecom/session/position'
import { pullEntries } from '@/worker/wecom/session/pull-entries'

/** The latest callback for the account, with the token that the pull after it presents. */
export type KfHint = { id: number; syncToken: string }

/** Consecutive failed pulls that count as an outage, and after which the pauses are long. */
const failuresOfAnOutage = 2
const failuresOfALongPause = 3
const hesitationMs = 300

/**
 * Pulls entries for as long as the session lives: at each callback, and after each pause without one. An outage is recorded, and the pull waits until it ends,
 * however long. Resolves when the connection is detached. @throws WecomError when the credentials are no longer valid
 */
export async function followAccount(session: KfSession, hints: HintWatcher<KfHint>): Promise<void> {
  const { signal, log, times } = session
  let syncToken: string | null = null
  for (let failures = 0; !signal.aborted;) {
    try {
      await pullEntries(session, syncToken)
      if (session.phase !== 'online') await announceOnline(session)
      failures = 0
      session.onSynced?.()
      syncToken = (await hints.next(times.pollMs))?.syncToken ?? null
    } catch (error) {
      if (signal.aborted) return
      if (isDead(error)) throw error
      // A skipped call is not an outage.
      if (!session.isLeaseValid()) {
        await sleep(hesitationMs, signal)
        continue
      }
      log.warn({ err: error }, 'pulling entries from WeCom failed, retrying')
      if (isRateLimited(error)) {
        await sleep(times.outageMs, signal)
        continue
      }
      if (++failures >= failuresOfAnOutage && session.phase === 'online') {
        session.phase = 'reconnecting'
        await session.events.push([{ type: 'reconnecting', cause: outageCauseOf(error) }], null)
      }
      await sleep(failures < failuresOfALongPause ? times.retryMs : times.outageMs, signal)
    }
  }
}

/** Reports that the connection is up; carries the position to resume from. */
export async function announceOnline(session: KfSession): Promise<void> {
  const { position, events } = session
  if (!position) return
  session.phase = 'online'
  const { openKfId, name: nickname, contactUrl } = position
  const account = { uin: openKfId, username: openKfId, nickname, contactUrl }
  await events.push([{ type: 'online', account }], writePosition(position))
}

function outageCauseOf(error: unknown): OutageCause {
  const failure = error instanceof WecomError ? error.failure : 'unreadable'
  return failure === 'errcode' ? 'wechat_refusing' : causeOfFailure(failure)
}
