import { enterLoginNumber } from '@/lib/actions/enter-login-number'
import { recordAudit } from '@/lib/audit/record-audit'
import { isSameOrigin } from '@/lib/auth/is-same-origin'
import { appErrorResponse, errorResponse } from '@/lib/dashboard/error-response'
import { loginNumberForm } from '@/lib/dashboard/robot/form'
import { limitAddress } from '@/lib/http/limit-rate'
import { peerAddress } from '@/lib/http/peer-address'
import { webContext } from '@/lib/http/web-context'
import { getSessionByQrKey } from '@/lib/session/get-session'

type Context = { params: Promise<{ key: string }> }

const numbers = { purpose: 'login-number', perMinute: 20 }

/** Enters the number that the phone shows, from the scan page. The key grants access to this login only. Spec: E5 (iLink). */
export async function POST(request: Request, context: Context): Promise<Response> {
  const ctx = webContext()
  if (!isSameOrigin(request.headers, ctx.env.PUBLIC_URL)) return errorResponse(403, { code: 'CROSS_SITE' })
  try {
    await limitAddress(ctx.limiter, request, numbers)
    const form = loginNumberForm.safeParse(await request.json().catch(() => null))
    if (!form.success) return errorResponse(400, { code: 'INVALID_PARAMETER' })
    const session = await getSessionByQrKey(ctx.db, (await context.params).key)
    if (session?.state !== 'waiting_code') return errorResponse(409, { code: 'ILLEGAL_ACTION' })
    const { robotId } = session
    const entry = { actor: 'anonymous', action: 'robot.login_code', targetId: robotId } as const
    await enterLoginNumber(ctx, { robotId, number: form.data.number }, (tx) =>
      recordAudit(tx, { ...entry, peerAddress: peerAddress(request) }),
    )
    return Response.json({}, { headers: { 'Cache-Control': 'no-store' } })
  } catch (error) {
    const response = appErrorResponse(error)
    if (response) return response
    ctx.log.error({ err: error, requestId: request.headers.get('x-request-id') }, 'login number failed')
    return errorResponse(500, { code: 'INTERNAL' })
  }
}
