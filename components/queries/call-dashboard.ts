/** An answer of the dashboard's JSON that is no success; `requestId` is what the log knows it by. */
export class DashboardError extends Error {
  override readonly name = 'DashboardError'
  constructor(
    readonly code: string,
    message: string,
    readonly requestId: string | null,
    readonly parameter?: string,
  ) {
    super(message)
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Asks the dashboard's JSON under /api/dashboard. Who is no longer signed in is led to the sign-in page and back.
 * @throws DashboardError for any answer but a success, `NETWORK` when there is none.
 */
export async function callDashboard<Answer>(path: string, method: Method = 'GET', body?: unknown): Promise<Answer> {
  const init: RequestInit = { method, headers: { Accept: 'application/json' } }
  if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { ...init.headers, 'Content-Type': 'application/json' }
  }
  const response = await fetch(`/api/dashboard${path}`, init).catch(() => null)
  if (!response) throw new DashboardError('NETWORK', '', null)
  const requestId = response.headers.get('x-request-id')
  const answer = await response.json().catch(() => null)
  if (response.ok) return answer as Answer
  const error = (answer as { error?: { code: string; message: string; parameter?: string } } | null)?.error
  if (error?.code === 'SIGNED_OUT') {
    const returnTo = new URLSearchParams({ to: location.pathname + location.search })
    location.assign(`/dashboard/sign-in?${returnTo}`)
  }
  throw new DashboardError(error?.code ?? 'INTERNAL', error?.message ?? '', requestId, error?.parameter)
}
