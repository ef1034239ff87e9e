import type { ErrorOnWire } from '@/lib/dashboard/error-response'
import type { BodyOf, ChangeMethod, OutputOf, PathOf, RequestArguments } from '@/lib/dashboard/wire'
import { backgroundHeader } from '@/lib/auth/background-header'
import { isPersonActive } from '@/components/queries/is-person-active'
import { reportSignedOut } from '@/components/queries/signed-out'

/** A request to the dashboard's JSON that failed; `requestId` finds it in the log. */
export class DashboardError extends Error {
  override readonly name = 'DashboardError'
  readonly code: string
  constructor(
    /** From the server, except the codes `OFFLINE`, `NO_RESPONSE` and `NETWORK`. */
    readonly details: ErrorOnWire,
    readonly requestId: string | null = null,
  ) {
    super(details.message ?? details.code)
    this.code = details.code
  }
}

/** Sends a change to /api/dashboard with the idempotency key of its action. */
export type SendChange = <Method extends ChangeMethod, Path extends PathOf<Method>, Body extends BodyOf<Method, Path>>(
  method: Method,
  path: Path,
  ...request: RequestArguments<Method, Path, Body>
) => Promise<OutputOf<Method, Path>>

const readTimeoutMs = 30_000
/** Maximum wait for the response to a change; longer than the server waits for any change. */
const sendTimeoutMs = 45_000

/**
 * Reads JSON from /api/dashboard.
 * @throws DashboardError for every response except a success; `NETWORK` if there is none within 30 s.
 */
export function callDashboard<Path extends PathOf<'GET'>>(
  path: Path,
  ...request: RequestArguments<'GET', Path>
): Promise<OutputOf<'GET', Path>> {
  const headers = { Accept: 'application/json', ...(!isPersonActive() && { [backgroundHeader]: '1' }) }
  return fetchJson(urlOf(path, request), { headers, signal: AbortSignal.timeout(readTimeoutMs) }, 'NETWORK')
}

/**
 * Returns a function that sends changes with one idempotency key. While the browser is offline, a change fails at once
 * and is not sent later: a form that the operator cancelled must not be submitted.
 * @throws DashboardError for every response except a success; `OFFLINE` if nothing was sent; `NO_RESPONSE` after 45 s.
 */
export function createSender(idempotencyKey: string): SendChange {
  return async (method, path, ...request) => {
    const { body } = partsOf(request)
    if (!navigator.onLine) throw new DashboardError({ code: 'OFFLINE' })
    const headers = {
      Accept: 'application/json',
      'Idempotency-Key': idempotencyKey,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    }
    const signal = AbortSignal.timeout(sendTimeoutMs)
    const init: RequestInit = { method, headers, signal, ...(body !== undefined && { body: JSON.stringify(body) }) }
    return fetchJson(urlOf(path, request), init, 'NO_RESPONSE')
  }
}

/** Returns the parts of a request; `RequestArguments` ensures that the path has all it needs. */
function partsOf(request: readonly unknown[]): {
  ids?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
} {
  return request[0] ?? {}
}

function urlOf(path: string, request: readonly unknown[]): string {
  const { ids = {}, query } = partsOf(request)
  const filled = path.replace(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''))
  return `/api/dashboard${filled}${query ? `?${new URLSearchParams(query)}` : ''}`
}

/** Returns the JSON of a response. Its type is that of the route, without validation in the browser. */
async function fetchJson<Output>(
  url: string,
  init: RequestInit,
  noResponseCode: 'NETWORK' | 'NO_RESPONSE',
): Promise<Output> {
  const noResponse = () => new DashboardError({ code: noResponseCode })
  const response = await fetch(url, init).catch(() => null)
  if (!response) throw noResponse()
  const requestId = response.headers.get('x-request-id')
  const json: unknown = await response.json().catch(() => null)
  if (response.ok) {
    // The response was cut off after the change: a retry with the same key returns it again.
    if (json === null) throw noResponse()
    return json as Output
  }
  const error = (json as { error?: ErrorOnWire } | null)?.error
  if (error?.code === 'SIGNED_OUT') reportSignedOut()
  throw new DashboardError(error ?? { code: 'INTERNAL' }, requestId)
}
