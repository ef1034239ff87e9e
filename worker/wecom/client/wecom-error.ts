import { type Failure, failWith } from '@/lib/errors'
import type { SendFailure } from '@/lib/message/record-send-failure'
import { sentenceOf } from '@/lib/sentence'
import { fetchFailureOf } from '@/worker/wechat/fetch-failure'

/** How a call to WeCom fails: never left, left without a response, an unreadable response, or WeCom refused it. */
export type WecomFailure = 'unreachable' | 'unanswered' | 'unreadable' | 'errcode'

/** A failed call. Carries no request and no response, because those carry the access token: safe to log whole. */
export class WecomError extends Error {
  override readonly name = 'WecomError'
  constructor(
    readonly call: string,
    readonly failure: WecomFailure,
    readonly detail: string,
    readonly errcode: number | null = null,
  ) {
    super(`${call}: ${failure} (${detail})`)
  }
}

/** Converts what `fetch` throws. */
export function describeFetchError(call: string, error: unknown): WecomError {
  if (error instanceof WecomError) return error
  const { failure, detail } = fetchFailureOf(error)
  return new WecomError(call, failure, detail)
}

/** The access token is invalid or has expired: a new one is requested and the call repeated once. */
const staleTokenCodes = new Set([40014, 42001])
/** 45009: too many calls; 45033: too many at once (assumed). */
const rateLimitCodes = new Set([45009, 45033])
/** Secret or company id are wrong, or the account is barred: only an operator can help. */
const deadCredentialCodes = new Set([40001, 40013, 40201])
/** The customer service is off, or the app may not use it. */
const apiOffCodes = new Set([48002, 95011, 95012, 95013, 95017])

/** Type or size of an upload. */
const mediaCodes = new Set([40004, 40005, 40006, 40009])

export const ipRefusedCode = 60020
/** More than 1,000 people are in the visible range, so that a list of groups must name their owners. */
export const tooManyOwnersCode = 81017

export const isTokenStale = (error: unknown) => isRefusal(error, staleTokenCodes)
/** Returns whether the credentials are no longer valid. */
export const isDead = (error: unknown) => isRefusal(error, deadCredentialCodes)
export const isApiOff = (error: unknown) => isRefusal(error, apiOffCodes)
export const isRateLimited = (error: unknown) => isRefusal(error, rateLimitCodes)
/** Returns whether WeCom does not take an upload: its type or its size. */
export const isUnusableMedia = (error: unknown) => isRefusal(error, mediaCodes)
/** Returns whether WeCom refused a call for any reason; `errcode`: for this one. */
export function isRefused(error: unknown, errcode?: number): error is WecomError {
  return error instanceof WecomError && error.errcode !== null && (errcode === undefined || error.errcode === errcode)
}

function isRefusal(error: unknown, codes: ReadonlySet<number>): boolean {
  return error instanceof WecomError && error.errcode !== null && codes.has(error.errcode)
}

/** What a refusal of WeCom means to a client. Spec: A5 (return codes), E6 (WeCom customer service). */
export function describeRefusal(errcode: number, { windowCount }: { windowCount: number }): Failure {
  if (deadCredentialCodes.has(errcode)) return failWith('SESSION_GONE', 'wecom_credentials', { code: errcode })
  if (rateLimitCodes.has(errcode)) return failWith('WECHAT_TOO_OFTEN', 'wecom_limited', { code: errcode })
  if (apiOffCodes.has(errcode)) return failWith('ILLEGAL_ACTION', 'wecom_api_off', { code: errcode })
  if (errcode === 95001) return failWith('ILLEGAL_ACTION', 'window_count', { count: windowCount })
  if (errcode === 95018) return failWith('ILLEGAL_ACTION', 'wecom_state')
  if (errcode === 95014) return failWith('ILLEGAL_ACTION', 'wecom_servicer')
  if (errcode === ipRefusedCode) return failWith('WECHAT_REFUSED', 'wecom_ip')
  return failWith('WECHAT_REFUSED', 'wecom_refused', { code: errcode })
}

/** The address that WeCom saw, from the text of error 60020; null: it names none. */
export function refusedAddressOf(detail: string): string | null {
  return /from ip: ?([\da-fA-F.:]{3,45})/.exec(detail)?.[1] ?? null
}

/** Why WeCom did not deliver a message that it had accepted, by `fail_type`. */
export function describeSendFailure(failType: number): SendFailure {
  switch (failType) {
    case 1:
    case 2:
      return { code: 'ILLEGAL_ACTION', sentence: sentenceOf('wecom_account_off') }
    case 4:
      return { code: 'ILLEGAL_ACTION', sentence: sentenceOf('window_hours', { hours: 48 }) }
    case 5:
      return { code: 'ILLEGAL_ACTION', sentence: sentenceOf('wecom_state') }
    case 6:
      return { code: 'ILLEGAL_ACTION', sentence: sentenceOf('window_count', { count: 5 }) }
    case 8:
      return { code: 'ILLEGAL_ACTION', sentence: sentenceOf('wecom_not_verified') }
    case 10:
      return { code: 'WECHAT_REFUSED', sentence: sentenceOf('wecom_refused_by_person') }
    default:
      return { code: 'WECHAT_REFUSED', sentence: sentenceOf('wecom_not_delivered') }
  }
}
