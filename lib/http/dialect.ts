import { AppError } from '@/lib/errors'
import { qunWireCodes } from './qun-wire-codes'
import { exceptionalCodes, httpStatuses, retCodes } from './robots-wire-codes'

/** Whose manner of answering a path has: the documented calls', the extensions', the qun API's, or a page's. */
export type Dialect = 'robots' | 'v1' | 'wxbot' | 'page'

/** An answer in full, for a route handler or the thin server alike. */
export type WireAnswer = { status: number; headers: Record<string, string>; body: string }

/** The dialect of a raw path, decodable or not. */
export function dialectOf(path: string): Dialect {
  const first = /^\/([^/?]*)/.exec(path)?.[1]
  return first === 'robots' || first === 'v1' || first === 'wxbot' ? first : 'page'
}

/** An error as its dialect tells it; what is not an AppError is our own fault and says nothing of itself. */
export function errorAnswer(dialect: Dialect, thrown: unknown): WireAnswer {
  const error = thrown instanceof AppError ? thrown : new AppError('INTERNAL', '服务内部错误，请稍后重试')
  const { retryAfterSeconds } = error.options
  const retry: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }
  if (dialect === 'page')
    return {
      status: httpStatuses[error.code],
      headers: { 'Content-Type': 'text/plain; charset=utf-8', ...retry },
      body: error.message,
    }
  if (dialect === 'wxbot') {
    const { code, status } = qunWireCodes[error.code]
    const body = { error: { code, message: error.message } }
    return { ...jsonAnswer(status, body), headers: { ...jsonHeaders, ...retry } }
  }
  const body = { retCode: retCodes[error.code], errorMsg: error.message }
  const isAlways200 = dialect === 'robots' && !exceptionalCodes.has(error.code)
  return { ...jsonAnswer(isAlways200 ? 200 : httpStatuses[error.code], body), headers: { ...jsonHeaders, ...retry } }
}

/** A success in the envelope; a call without data leaves `data` out. Spec: A2. */
export function envelopeAnswer(status: number, data: object | undefined): WireAnswer {
  return jsonAnswer(status, { retCode: 0, errorMsg: '', ...(data === undefined ? {} : { data }) })
}

const jsonHeaders = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' }

/** An answer in JSON that no cache may keep. */
export function jsonAnswer(status: number, body: object): WireAnswer {
  return { status, headers: { ...jsonHeaders }, body: JSON.stringify(body) }
}
