import type { RouteHandler } from '../http/api-route'
import { findDeparture } from './document-check'

export type Route = Partial<Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', RouteHandler>>

/** What a client sees of an answer in the envelope. */
export type Seen = {
  status: number
  headers: Headers
  retCode: number
  errorMsg: string
  data: Record<string, unknown> | undefined
}

type Call = {
  query?: Record<string, string> | [string, string][]
  /** An object is sent as JSON, a text or bytes as they are. */
  body?: unknown
  headers?: Record<string, string>
  params?: Record<string, string>
}

/** Calls a route handler as Next would. @throws when the answer is not as the published document has it. */
export async function callRoute(route: Route, method: keyof Route, call: Call = {}): Promise<Seen> {
  const url = new URL('http://wxbot.test/path')
  for (const [name, value] of Array.isArray(call.query) ? call.query : Object.entries(call.query ?? {}))
    url.searchParams.append(name, value)
  const isRaw = call.body === undefined || typeof call.body === 'string' || call.body instanceof Uint8Array
  const body = isRaw ? (call.body as BodyInit | undefined) : JSON.stringify(call.body)
  const request = new Request(url, { method, headers: call.headers ?? {}, ...(body === undefined ? {} : { body }) })
  const handler = route[method]
  if (!handler) throw new Error(`no ${method} in this route`)
  const response = await handler(request, { params: Promise.resolve(call.params ?? {}) })
  const answer = (await response.json()) as Pick<Seen, 'retCode' | 'errorMsg' | 'data'>
  const departure = handler.contract && findDeparture(handler.contract, response.status, answer)
  if (departure) throw new Error(`off the document: ${departure}`)
  return { status: response.status, headers: response.headers, ...answer, data: answer.data }
}
