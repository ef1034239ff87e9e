import { AppError } from '@/lib/errors'
import { canonicalPath } from '@/lib/http/canonical-path'
import { qunWireCodes } from '@/lib/http/qun-wire-codes'
import { exceptionalCodes, httpStatuses, retCodes } from '@/lib/http/robots-wire-codes'

/** The error format of a path: documented calls, extensions, qun API, dashboard JSON, or plain text for pages. */
export type Dialect = 'robots' | 'v1' | 'wxbot' | 'dashboard' | 'page'

/** A complete response, for route handlers and the thin server. */
export type WireResponse = { status: number; headers: Record<string, string>; body: string }

const dialects: Record<string, Dialect> = { robots: 'robots', v1: 'v1', wxbot: 'wxbot', api: 'dashboard' }

/**
 * Returns the dialect of a raw path, decodable or not. A path that has an API's prefix only after normalization (`//robots`,
 * `/%72obots`, `/x/../robots`) has the dialect of that API, and so has a path that leaves the prefix by dot segments.
 */
export function dialectOf(path: string): Dialect {
  const prefixOf = (text: string) => /^[/\\]*([^/\\]*)/.exec(text)?.[1] ?? ''
  const known = [path, canonicalPath(path)]
    .map((text) => prefixOf(text))
    .find((prefix) => Object.hasOwn(dialects, prefix))
  return (known && dialects[known]) || 'page'
}

/** Renders an error in a dialect. An error other than AppError becomes INTERNAL and reveals no details. */
export function renderError(dialect: Dialect, thrown: unknown): WireResponse {
  const error = thrown instanceof AppError ? thrown : new AppError('INTERNAL', { reason: 'internal' })
  const { retryAfterSeconds } = error.options
  const retry: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }
  if (dialect === 'page')
    return {
      status: httpStatuses[error.code],
      headers: { 'Content-Type': 'text/plain; charset=utf-8', ...retry },
      body: error.message,
    }
  if (dialect === 'dashboard') {
    const { parameter, reason, params = {} } = error.options
    const body = { error: { code: error.code, message: error.message, parameter, reason, params } }
    return { ...renderJson(httpStatuses[error.code], body), headers: { ...jsonHeaders, ...retry } }
  }
  if (dialect === 'wxbot') {
    const { code, status } = qunWireCodes[error.code]
    const message = code === invalidParameterCode ? invalidParameterText(error) : error.message
    const { joinUrl } = error.options
    const body = { error: { code, message, ...(joinUrl ? { join_url: joinUrl } : {}) } }
    return { ...renderJson(status, body), headers: { ...jsonHeaders, ...retry } }
  }
  const body = { retCode: retCodes[error.code], errorMsg: error.message }
  const isAlways200 = dialect === 'robots' && !exceptionalCodes.has(error.code)
  return { ...renderJson(isAlways200 ? 200 : httpStatuses[error.code], body), headers: { ...jsonHeaders, ...retry } }
}

const invalidParameterCode = 1001

/** The documented sentence, followed by the parameter and the reason. Spec: B1 (responses and errors). */
function invalidParameterText({ message, options: { parameter } }: AppError): string {
  const isNamed = !parameter || parameter === 'body' || message.includes(parameter)
  return `缺少必须的参数或参数值无效！${isNamed ? '' : `参数 ${parameter}：`}${message}`
}

/** Renders a success in the envelope; without data, `data` is omitted. Spec: A2 (HTTP status and envelope). */
export function renderEnvelope(status: number, data: object | undefined): WireResponse {
  return renderJson(status, { retCode: 0, errorMsg: '', ...(data === undefined ? {} : { data }) })
}

const jsonHeaders = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' }

/** Renders a JSON response that caches must not store. */
export function renderJson(status: number, body: object): WireResponse {
  return { status, headers: { ...jsonHeaders }, body: JSON.stringify(body) }
}
