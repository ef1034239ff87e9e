import { streamChanges } from '@/lib/dashboard/stream-changes'
import { errorResponse } from '@/lib/dashboard/error-response'
import { getOperator } from '@/lib/auth/get-operator'
import { backgroundHeader } from '@/lib/auth/background-header'
import { webContext } from '@/lib/http/web-context'

/** Streams the ids of changed conversations and messages to an operator's page as server-sent events. */
export async function GET(request: Request): Promise<Response> {
  const ctx = webContext()
  // The stream does not count as use of the session: an unattended page is signed out.
  const headers = new Headers(request.headers)
  headers.set(backgroundHeader, '1')
  const isSignedIn = async () => (await getOperator(ctx, headers)) !== null
  if (!(await isSignedIn())) return errorResponse(401, { code: 'SIGNED_OUT' })
  const stream = streamChanges(ctx.replies, { signal: request.signal, isSignedIn })
  if (!stream) return errorResponse(429, { code: 'RATE_LIMITED' })
  return new Response(stream, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // `no-transform`: compression would hold events back.
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  })
}
