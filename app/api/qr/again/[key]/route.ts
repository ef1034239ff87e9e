import { startLogin } from '@/lib/actions/start-login'
import { recordAudit } from '@/lib/audit/record-audit'
import { isSameOrigin } from '@/lib/auth/is-same-origin'
import { errorResponse } from '@/lib/dashboard/error-response'
import { AppError } from '@/lib/errors'
import { limitAddress, limitLink } from '@/lib/http/limit-rate'
import { peerAddress } from '@/lib/http/peer-address'
import { webContext } from '@/lib/http/web-context'
import { hashToken } from '@/lib/secret'
import { findLoginLink } from '@/lib/session/login-link'

type Context = { params: Promise<{ key: string }> }

const presses = { purpose: 'login-link', perMinute: 10 }

/**
 * Starts a login from the link of an alert, and leads to the scan page; a problem leads back to the page of the link, so that the
 * form works without script. The key grants access to logins of this robot only. Spec: D5 (alerts).
 */
export async function POST(request: Request, context: Context): Promise<Response> {
  const ctx = webContext()
  if (!isSameOrigin(request.headers, ctx.env.PUBLIC_URL)) return errorResponse(403, { code: 'CROSS_SITE' })
  const { key } = await context.params
  const back = `/qr/again/${encodeURIComponent(key)}.html`
  try {
    await limitAddress(ctx.limiter, request, presses)
    const link = await findLoginLink(ctx.db, { key })
    if (!link) return redirect(back)
    await limitLink(ctx.limiter, presses, hashToken(key))
    const { robotId } = link
    const actor = 'anonymous'
    const entry = { actor, action: 'robot.login', targetId: robotId, peerAddress: peerAddress(request) } as const
    const { qrKey } = await startLogin(ctx, { robotId, callbackUrl: null, agentId: null, actor }, (tx) =>
      recordAudit(tx, entry),
    )
    return redirect(`/qr/${qrKey}.html`)
  } catch (error) {
    if (!(error instanceof AppError))
      ctx.log.error({ err: error, requestId: request.headers.get('x-request-id') }, 'login by link failed')
    const isLater =
      error instanceof AppError && (error.code === 'RATE_LIMITED' || error.options.reason === 'login_limit')
    return redirect(`${back}?problem=${isLater ? 'later' : 'refused'}`)
  }
}

/** Redirects to a page of this site. */
function redirect(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path, 'Cache-Control': 'no-store' } })
}
