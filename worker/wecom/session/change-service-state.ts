import { type Failure, failWith } from '@/lib/errors'
import type { Sentence } from '@/lib/sentence'
import type { EndInServiceOutcome, HandOverOutcome } from '@/worker/wechat/port'
import { describeRefusal, isDead, isRateLimited, isRefused, WecomError } from '@/worker/wecom/client/wecom-error'
import { serviceState } from '@/worker/wecom/protocol/shapes'
import type { KfSession } from '@/worker/wecom/session/kf-session'

const callTimeoutMs = 10_000
/**
 * States of a conversation on the wire: waiting in the pool for an employee, with one, and ended; below, the robot has it. Allowed changes:
 * from the robot to pool and employee, from the pool to an employee, from an employee to the end. Spec: F4 (handover).
 */
const inPool = 2
const withPerson = 3
const ended = 4

type Request = { openKfId: string; to: string; servicerId: string; onFailure: (error: unknown) => void }

/**
 * Requests a person for a conversation: the employee `servicerId`, otherwise, or if WeCom refuses that one, any from WeCom's pool; done as
 * well if the conversation is there already. Never throws. Spec: F4 (handover).
 */
export async function handOver(session: KfSession, request: Request): Promise<HandOverOutcome> {
  const { servicerId, onFailure } = request
  const { read, change } = callsAbout(session, request)
  try {
    const state = await read()
    if (state === inPool || state === withPerson)
      return { outcome: 'done', state: state === inPool ? 'queue' : 'employee' }
    let instead: Sentence | undefined
    if (servicerId !== '') {
      try {
        await change({ service_state: withPerson, servicer_userid: servicerId })
        return { outcome: 'done', state: 'employee' }
      } catch (error) {
        if (!isRefused(error) || isRateLimited(error) || isDead(error)) throw error
        onFailure(error)
        instead = describeRefusal(error.errcode ?? 0, { windowCount: 0 }).sentence
      }
    }
    await change({ service_state: inPool })
    return { outcome: 'done', state: 'queue', instead }
  } catch (error) {
    onFailure(error)
    return toFailure(error)
  }
}

/**
 * Ends a conversation that an employee has. WeCom lets only an employee's conversation end: one in the pool is given to the employee
 * `servicerId` first, and refused without one. Never throws. Spec: F4 (handover).
 */
export async function endInService(session: KfSession, request: Request): Promise<EndInServiceOutcome> {
  const { servicerId, onFailure } = request
  const { read, change } = callsAbout(session, request)
  try {
    const state = await read()
    if (state < inPool) return { outcome: 'done', state: null }
    if (state >= ended) return { outcome: 'done', state: 'ended' }
    if (state === inPool) {
      if (servicerId === '') return { outcome: 'refused', ...failWith('ILLEGAL_ACTION', 'wecom_still_queued') }
      await change({ service_state: withPerson, servicer_userid: servicerId })
    }
    await change({ service_state: ended })
    return { outcome: 'done', state: 'ended' }
  } catch (error) {
    onFailure(error)
    return toFailure(error)
  }
}

function callsAbout({ client }: KfSession, { openKfId, to }: Request) {
  const place = { open_kfid: openKfId, external_userid: to }
  return {
    read: async () => serviceState.parse(await client.post('kf/service_state/get', place, callTimeoutMs)).service_state,
    change: (next: object) => client.post('kf/service_state/trans', { ...place, ...next }, callTimeoutMs),
  }
}

function toFailure(error: unknown): { outcome: 'refused' | 'unsent' } & Failure {
  if (error instanceof WecomError && isRefused(error) && !isRateLimited(error))
    return { outcome: 'refused', ...describeRefusal(error.errcode ?? 0, { windowCount: 0 }) }
  // Asking twice is harmless: the state is read first.
  return { outcome: 'unsent', ...failWith('WECHAT_UNREACHABLE', 'wechat_unreachable') }
}
