import { sleep } from '@/lib/retry'
import { isDead } from '@/worker/wecom/client/wecom-error'
import type { GroupSession } from '@/worker/wecom/groups/group-session'
import { listGroups, readGroup, snapshotOf } from '@/worker/wecom/groups/read-groups'

/** A lost wake delays news by this much, because the rows are looked at again. */
const lookMs = 5_000
const failuresOfAnOutage = 2
/** There is no position in a stream: each sweep reads everything. */
const position = '{"v":1}'

/**
 * Reads all groups at the start and after each pause, and the groups that a callback names at once; reports them as rooms, which makes
 * the member lists of their quns due. Resolves when the connection is let go. @throws WecomError when the credentials are no longer valid
 */
export async function followGroups(session: GroupSession): Promise<void> {
  const { signal, times, log, events } = session
  for (let failures = 0; !signal.aborted;) {
    try {
      // Callbacks up to now are covered by the sweep that follows.
      session.lastHintId = (await lastHint(session)) ?? session.lastHintId
      await sweepGroups(session)
      failures = 0
      await followHints(session, times.groupSweepMs)
    } catch (error) {
      if (signal.aborted) return
      if (isDead(error)) throw error
      if (session.isLeaseValid() && ++failures === failuresOfAnOutage && session.phase === 'online') {
        session.phase = 'reconnecting'
        await events.push([{ type: 'reconnecting', cause: 'wechat_refusing' }], null)
      }
      log.warn({ err: error }, 'WeCom does not show the customer groups, another try follows')
      await sleep(failures > failuresOfAnOutage ? times.outageMs : times.retryMs, signal)
    }
  }
}

async function sweepGroups(session: GroupSession): Promise<void> {
  const { client, events, signal } = session
  const ids = await listGroups(client)
  const rooms = []
  for (const id of ids) {
    if (signal.aborted) return
    const group = await readGroup(client, id)
    if (group) rooms.push(snapshotOf(group))
  }
  if (session.phase !== 'online') {
    session.phase = 'online'
    await events.push([{ type: 'online', account: session.account }], position)
  }
  await events.push([{ type: 'rooms', rooms, isComplete: true }], null)
}

/** Follows callbacks for `forMs`. */
async function followHints(session: GroupSession, forMs: number): Promise<void> {
  const { client, events, signal, hints } = session
  const endMs = performance.now() + forMs
  while (!signal.aborted && performance.now() < endMs) {
    const rung = new Promise<void>((resolve) => session.onRing(resolve))
    const hint = await hints({ afterId: session.lastHintId })
    if (hint) {
      for (const chatId of hint.chatIds) {
        const group = await readGroup(client, chatId)
        await events.push(
          [
            group
              ? { type: 'rooms', rooms: [snapshotOf(group)], isComplete: false }
              : { type: 'room_left', username: chatId },
          ],
          null,
        )
      }
      session.lastHintId = hint.id
      continue
    }
    const pause = new AbortController()
    const leftMs = Math.max(0, endMs - performance.now())
    await Promise.race([sleep(Math.min(leftMs, lookMs), AbortSignal.any([pause.signal, signal])), rung])
    pause.abort()
  }
}

async function lastHint({ hints, lastHintId }: GroupSession): Promise<number | null> {
  let last: number | null = null
  for (;;) {
    const hint = await hints({ afterId: last ?? lastHintId })
    if (!hint) return last
    last = hint.id
  }
}
