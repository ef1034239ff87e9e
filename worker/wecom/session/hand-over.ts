import { failWith } from '@/lib/errors'
import type { Sentence } from '@/lib/sentence'
import type { HandOverOutcome } from '@/worker/wechat/port'
import { describeRefusal, isDead, isRateLimited, isRefused, WecomError } from '@/worker/wecom/client/wecom-error'
import { serviceState } from '@/worker/wecom/protocol/shapes'
import type { KfSession } from '@/worker/wecom/session/kf-session'

const callMs = 10_000
/** States of a conversation on the wire: waiting in the pool for an employee, and with one. */
const inPool = 2
const withPerson = 3

type Place = { open_kfid: string; external_userid: string }

/**
 * Requests a person for a conversation: the employee `servicerId`, otherwise, or if WeCom refuses that one, any from WeCom's pool; done as
 * well if the conversation is there already. Never throws. Spec: F4 (handover).
 */
export async function handOver(
  { client }: KfSession,
  {
    openKfId,
    to,
    servicerId,
    onFailure,
  }: { openKfId: string; to: string; servicerId: string; onFailure: (error: unknown) => void },
): Promise<HandOverOutcome> {
  const place: Place = { open_kfid: openKfId, external_userid: to }
  const change = (next: object) => client.post('kf/service_state/trans', { ...place, ...next }, callMs)
  try {
    const { service_state: state } = serviceState.parse(await client.post('kf/service_state/get', place, callMs))
    if (state === inPool || state === withPerson) return { outcome: 'done' }
    let instead: Sentence | undefined
    if (servicerId !== '') {
      try {
        await change({ service_state: withPerson, servicer_userid: servicerId })
        return { outcome: 'done' }
      } catch (error) {
        if (!isRefused(error) || isRateLimited(error) || isDead(error)) throw error
        onFailure(error)
        instead = describeRefusal(error.errcode ?? 0, { windowCount: 0 }).sentence
      }
    }
    await change({ service_state: inPool })
    return { outcome: 'done', instead }
  } catch (error) {
    onFailure(error)
    if (error instanceof WecomError && isRefused(error) && !isRateLimited(error))
      return { outcome: 'refused', ...describeRefusal(error.errcode ?? 0, { windowCount: 0 }) }
    // Asking twice is harmless: the state is read first.
    return { outcome: 'unsent', ...failWith('WECHAT_UNREACHABLE', 'wechat_unreachable') }
  }
}
