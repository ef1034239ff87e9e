import { sleep } from '@/lib/retry'
import type { WechatEvent } from '@/worker/wechat/port'
import { isDead } from '@/worker/wecom/client/wecom-error'
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
      if (session.isLeaseValid() && ++failures === failuresOfAnOutage && session.phase === 'online') {
        session.phase = 'reconnecting'
        await events.push([{ type: 'reconnecting', cause: 'wechat_refusing' }], null)
      }
      log.warn({ err: error }, 'listing the customer groups failed, retrying')
      await sleep(failures > failuresOfAnOutage ? times.outageMs : times.retryMs, signal)
    }
  }
}

async function sweepGroups(session: GroupSession): Promise<void> {
  const { client, events } = session
  const rooms = await readGroups(client)
  if (session.phase !== 'online') {
    session.phase = 'online'
    await events.push([{ type: 'online', account: session.account }], position)
  }
  await events.push([{ type: 'rooms', rooms, isComplete: true }], null)
}

/** Reads the groups that callbacks name, for `forMs`. */
async function followHints({ client, events, signal, hints }: GroupSession, forMs: number): Promise<void> {
  const endMs = performance.now() + forMs
  while (!signal.aborted && performance.now() < endMs) {
    const hint = await hints.next(endMs - performance.now())
    for (const chatId of hint?.chatIds ?? []) {
      const group = await readGroup(client, chatId)
      const change: WechatEvent = group
        ? { type: 'rooms', rooms: [snapshotOf(group)], isComplete: false }
        : { type: 'room_left', username: chatId }
      await events.push([change], null)
    }
  }
}
