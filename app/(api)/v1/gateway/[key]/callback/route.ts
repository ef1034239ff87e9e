import { isCallbackKey } from '@/lib/connector/find-connector'
import { AppError } from '@/lib/errors'
import { receiveCallback } from '@/lib/gateway/receive-callback'
import { respondToCallback } from '@/lib/http/respond-to-callback'
import { refuseMethod } from '@/lib/http/api-route'
import { renderEnvelope } from '@/lib/http/dialect'
import { limitAddress } from '@/lib/http/limit-rate'
import { webContext } from '@/lib/http/web-context'

/** Requests to unknown paths per minute and address; further ones are refused before the database is queried. */
const unknownPathsPerMinute = 60

/**
 * Receives the events of a gateway, which have no signature: the path contains the only secret. An event is stored before wxbot responds.
 * An event of a foreign device gets the same response, because a gateway has one callback URL for all accounts of a token. Spec: E8 (gateway).
 */
export async function POST(request: Request, context: { params: Promise<{ key: string }> }): Promise<Response> {
  const { key: callbackKey } = await context.params
  const { db, limiter } = webContext()
  const countUnknownPath = () =>
    limitAddress(limiter, request, { purpose: 'gateway', perMinute: unknownPathsPerMinute })
  return respondToCallback('a callback of a gateway could not be stored', async () => {
    if (!isCallbackKey(callbackKey)) await countUnknownPath()
    const outcome = await receiveCallback(db, { callbackKey, body: await request.text() })
    if (outcome === 'unknown_path') {
      await countUnknownPath()
      throw new AppError('ROUTE_NOT_FOUND', { reason: 'call_not_found' })
    }
    if (outcome === 'flood') throw new AppError('RATE_LIMITED', { reason: 'server_busy', retryAfterSeconds: 30 })
    const response = renderEnvelope(200, undefined)
    return new Response(response.body, response)
  })
}

const refuse = refuseMethod('v1', ['POST'])
export { refuse as DELETE, refuse as GET, refuse as HEAD, refuse as OPTIONS, refuse as PATCH, refuse as PUT }
