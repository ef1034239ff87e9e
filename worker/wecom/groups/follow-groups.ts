import { sleep } from '@/lib/retry'
import type { WechatEvent } from '@/worker/wechat/port'
import { isDead, isRefused, tooManyOwnersCode } from '@/worker/wecom/client/wecom-error'
import type { GroupSession } from '@/worker/wecom/groups/group-session'
import { readGroup, readGroups, snapshotOf } from '@/worker/wecom/groups/read-groups'

const failuresOfAnOutage = 2
/** There is no position in a stream: each sweep reads everything. */
const position = '{"v":1}'

/**
 * Reads all groups at the start and after each pause, and the groups that a callback names at once; reports them as rooms, which makes
 * the member lists of their quns due. Resolves when the connection is detached. @throws WecomError when the credentials are no longer valid
 */
export async function followGroups(session: GroupSession): Promise<void> {
  const { signal, times, log, events } = session
  for (let failures = 0; !signal.aborted;) {
    try {
      // Callbacks up to now are covered by the sweep that follows.
      await session.hints.skip()
      await sweepGroups(session)
      failures = 0
      session.onSynced?.()
      await followHints(session, times.groupSweepMs)
    } catch (error) {
      if (signal.aborted) return
      if (isDead(error)) throw error
      const isTooMany = isRefused(error, tooManyOwnersCode)
      // No repeat ends this refusal, so that a robot that was never online says it, too.
      const isNews = isTooMany
        ? session.phase !== 'reconnecting'
        : ++failures === failuresOfAnOutage && session.phase === 'online'
      if (session.isLeaseValid() && isNews) {
        session.phase = 'reconnecting'
        const cause = isTooMany ? 'wecom_owner_filter' : 'wechat_refusing'
        await events.push([{ type: 'reconnecting', cause }], null)
      }
      log.warn({ err: error }, 'listing the customer groups failed, retrying')
      await sleep(isTooMany || failures > failuresOfAnOutage ? times.outageMs : times.retryMs, signal)
    }
  }
}

async function sweepGroups(session: GroupSession): Promise<void> {
  const { client, events } = session
  const rooms = await readGroups(client, await session.readOwners())
  if (session.phase !== 'online') {
    session.phase = 'online'
    await events.push([{ type: 'online', account: session.account }], position)
  }
  await events.push([{ type: 'rooms', rooms, isComplete: true }], null)
}

/** Reads the groups that callbacks name, for `forMs`. */
async function followHints(session: GroupSession, forMs: number): Promise<void> {
  const { client, events, signal, hints } = session
  const endMs = performance.now() + forMs
  while (!signal.aborted && performance.now() < endMs) {
    const hint = await hints.next(endMs - performance.now())
    const owners = hint ? await session.readOwners() : []
    for (const chatId of hint?.chatIds ?? []) {
      const group = await readGroup(client, chatId)
      const isRead = group !== null && (owners.length === 0 || owners.includes(group.owner))
      const change: WechatEvent = isRead
        ? { type: 'rooms', rooms: [snapshotOf(group)], isComplete: false }
        : { type: 'room_left', username: chatId }
      await events.push([change], null)
    }
  }
}
