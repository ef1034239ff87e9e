import { customerList } from '@/worker/wecom/protocol/shapes'
import type { KfSession } from '@/worker/wecom/session/kf-session'

const callMs = 5_000
const maxPerCall = 100
const maxNames = 2_000

/** Fetches the nicknames of customers that are not yet known. A failure leaves them without a name; messages do not wait for it again. */
export async function lookUpNames({ client, log, names, signal }: KfSession, externalIds: string[]): Promise<void> {
  const unknown = [...new Set(externalIds)].filter((id) => !names.has(id))
  for (let at = 0; at < unknown.length; at += maxPerCall) {
    const body = { external_userid_list: unknown.slice(at, at + maxPerCall) }
    try {
      const { customer_list: found } = customerList.parse(await client.post('kf/customer/batchget', body, callMs))
      for (const { external_userid: id, nickname } of found) names.set(id, nickname)
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'the nicknames of customers could not be fetched')
      return
    }
  }
  for (const id of [...names.keys()].slice(0, Math.max(0, names.size - maxNames))) names.delete(id)
}
