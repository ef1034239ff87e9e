import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions } from '@/lib/auth/auth-options'
import { deviceCookie, newDeviceId, readDeviceId } from '@/lib/auth/device-cookie'
import { getOperator } from '@/lib/auth/get-operator'
import { AppError } from '@/lib/errors'
import { renderError } from '@/lib/http/dialect'
import { peerAddress } from '@/lib/http/peer-address'
import { webContext } from '@/lib/http/web-context'

type Context = { params: Promise<{ nextauth: string[] }> }

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const ctx = webContext()
  const [action = ''] = (await context.params).nextauth
  // This endpoint of next-auth would write client input into the log.
  if (action === '_log') return errorResponse(new AppError('ROUTE_NOT_FOUND', { reason: 'call_not_found' }))
  // next-auth would respond from the cookie alone, even after the session has ended.
  if (action === 'session') {
    const operator = await getOperator(ctx, request.headers)
    const shown = operator ? { user: { email: operator.email } } : {}
    return Response.json(shown, { headers: { 'Cache-Control': 'no-store' } })
  }
  const known = readDeviceId(ctx, request.headers)
  const device = { id: known ?? newDeviceId(), isKnown: known !== null }
  const from = { peerAddress: peerAddress(request), userAgent: request.headers.get('user-agent') ?? '' }
  let isSignedIn = false
  const options = authOptions({ ...ctx, from, device, onSignIn: () => void (isSignedIn = true) })
  let response: Response
  try {
    response = (await NextAuth(request, context, options)) as Response
  } catch (error) {
    if (error instanceof SyntaxError)
      return errorResponse(new AppError('INVALID_PARAMETER', { reason: 'body_not_json', parameter: 'body' }))
    ctx.log.error({ err: error, requestId: request.headers.get('x-request-id') }, 'sign-in request failed')
    return errorResponse(error)
  }
  if (isSignedIn) response.headers.append('Set-Cookie', deviceCookie(ctx, device.id))
  return response
}

function errorResponse(error: unknown): Response {
  const { body, ...init } = renderError('dashboard', error)
  return new Response(body, init)
}

export { handle as GET, handle as POST }
