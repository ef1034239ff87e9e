import type { RouteHandler } from '@/lib/http/api-route'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import { findMismatch } from '@/lib/testing/document-check'

export type Route = Partial<Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', RouteHandler>>

/** An envelope response as a client sees it. */
export type ParsedResponse = {
  status: number
  headers: Headers
  retCode: number
  errorMsg: string
  data: Record<string, unknown> | undefined
}

type Call = {
  /** A text is sent unchanged. */
  query?: Record<string, string> | [string, string][] | string
  /** An object is sent as JSON, a text or bytes unchanged. */
  body?: unknown
  headers?: Record<string, string>
  params?: Record<string, string>
}

let peers = 0
/** Returns the header of a client with a new address, so that no test reaches a rate limit per address. */
export function newPeer(): Record<string, string> {
  peers += 1
  return { [peerHeader]: signPeerAddress(`10.${(peers >> 16) & 255}.${(peers >> 8) & 255}.${peers & 255}`) }
}

/** Calls a route handler as Next would. @throws if the response does not match the published document. */
export async function callRoute(route: Route, method: keyof Route, call: Call = {}): Promise<ParsedResponse> {
  const url = new URL('http://wxbot.test/path')
  const { query = {} } = call
  if (typeof query === 'string') url.search = query
  else
    for (const [name, value] of Array.isArray(query) ? query : Object.entries(query))
      url.searchParams.append(name, value)
  const isRaw = call.body === undefined || typeof call.body === 'string' || call.body instanceof Uint8Array
  const body = isRaw ? (call.body as BodyInit | undefined) : JSON.stringify(call.body)
  const headers = { ...newPeer(), ...call.headers }
  const request = new Request(url, { method, headers, ...(body === undefined ? {} : { body }) })
  const handler = route[method]
  if (!handler) throw new Error(`no ${method} in this route`)
  const response = await handler(request, { params: Promise.resolve(call.params ?? {}) })
  const envelope = (await response.json()) as Pick<ParsedResponse, 'retCode' | 'errorMsg' | 'data'>
  const mismatch = handler.contract && findMismatch(handler.contract, response.status, envelope)
  if (mismatch) throw new Error(`does not match the document: ${mismatch}`)
  return { status: response.status, headers: response.headers, ...envelope, data: envelope.data }
}
