import { fetchFailureOf } from '@/worker/wechat/fetch-failure'

/** How a call to iLink fails: not sent, sent without a response, an unreadable response, or a refusal (`ret`). */
export type IlinkFailure = 'unreachable' | 'unanswered' | 'unreadable' | 'ret'

/** `ret` or `errcode` of a token that is no longer valid. */
export const deadTokenRet = -14
/** `ret` of a bot that sends too much, or outside the reply window. */
export const limitedRet = -2

/** A failed call. It contains no request and no response, because they contain the token; it is safe to log. */
export class IlinkError extends Error {
  override readonly name = 'IlinkError'
  constructor(
    readonly call: string,
    readonly failure: IlinkFailure,
    readonly detail: string,
    readonly ret: number | null = null,
  ) {
    super(`${call}: ${failure} (${detail})`)
  }
}

/** Returns whether the error reports that the token is no longer valid. */
export function isTokenDead(error: unknown): boolean {
  return error instanceof IlinkError && error.ret === deadTokenRet
}

export function describeFetchError(call: string, error: unknown): IlinkError {
  if (error instanceof IlinkError) return error
  const { failure, detail } = fetchFailureOf(error)
  return new IlinkError(call, failure, detail)
}
