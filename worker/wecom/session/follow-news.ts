import type { OutageCause } from '@/lib/db/types'
import { sleep } from '@/lib/retry'
import { isDead, isRateLimited, WecomError } from '@/worker/wecom/client/wecom-error'
import type { KfSession } from '@/worker/wecom/session/kf-session'
import type { NewsBell } from '@/worker/wecom/session/news-bell'
import { writePosition } from '@/worker/wecom/session/position'
import { pullNews } from '@/worker/wecom/session/pull-news'

/** One failed pull is a hiccup, two in a row an outage, after the third the pauses are long. */
const failuresOfAnOutage = 2
const failuresOfALongPause = 3
const hesitationMs = 300

/**
 * Pulls news for as long as the session lives: at each callback, and after each pause without one. An outage is recorded and waited out,
 * however long. Resolves when the connection is let go. @throws WecomError when the credentials are no longer valid
 */
export async function followNews(session: KfSession, bell: NewsBell): Promise<void> {
  const { signal, log, times } = session
  let syncToken: string | null = null
  for (let failures = 0; !signal.aborted;) {
    try {
      await pullNews(session, syncToken)
      if (session.phase !== 'online') await tellOnline(session)
      failures = 0
      syncToken = await bell.wait(session.position?.openKfId ?? '', times.pollMs)
    } catch (error) {
      if (signal.aborted) return
      if (isDead(error)) throw error
      // A call that we did not make is no outage of WeCom.
      if (!session.isLeaseValid()) {
        await sleep(hesitationMs, signal)
        continue
      }
      log.warn({ err: error }, 'WeCom gives no news, another try follows')
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
export async function tellOnline(session: KfSession): Promise<void> {
  const { position, events } = session
  if (!position) return
  session.phase = 'online'
  const { openKfId, name: nickname, contactUrl } = position
  const account = { uin: openKfId, username: openKfId, nickname, contactUrl }
  await events.push([{ type: 'online', account }], writePosition(position))
}

function outageCauseOf(error: unknown): OutageCause {
  const failure = error instanceof WecomError ? error.failure : 'unreadable'
  if (failure === 'errcode') return 'wechat_refusing'
  if (failure === 'unreachable') return 'wechat_unreachable'
  return failure === 'unanswered' ? 'wechat_silent' : 'wechat_unreadable'
}
