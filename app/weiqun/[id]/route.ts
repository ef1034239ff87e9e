import QRCode from 'qrcode'
import { joinPage, messagePage } from '@/components/qun/join-page'
import { peerAddress } from '@/lib/http/peer-address'
import { webContext } from '@/lib/http/web-context'
import { recordVisit } from '@/lib/qun/qun-visits'
import { countLoad, countMiss, joinTranslator, pageHeaders } from '@/components/qun/join-page-response'
import { readJoinView, revisionOf } from '@/lib/public-page/read-join-view'

type Context = { params: Promise<{ id: string }> }

/**
 * Returns the join page complete in one response, because WeChat's browser often runs on a slow network.
 * Spec: B5 (link), B7 (join page).
 */
export async function GET(request: Request, context: Context): Promise<Response> {
  const ctx = webContext()
  const { locale, t } = joinTranslator(request)
  const waitSeconds = await countLoad(ctx, request)
  if (waitSeconds !== null) {
    const headers = { ...pageHeaders, 'Retry-After': String(waitSeconds) }
    const body = messagePage({ locale, title: t('tooOften'), hint: t('tooOftenHint') })
    return new Response(body, { status: 429, headers })
  }
  const key = new URL(request.url).searchParams.get('key')
  const view = await readJoinView(ctx, { id: (await context.params).id, key })
  if (!view) {
    await countMiss(ctx, request, { isCounted: true })
    const body = messagePage({ locale, title: t('unknown'), hint: t('unknownHint') })
    return new Response(body, { status: 404, headers: pageHeaders })
  }
  if (!view.isOwner) {
    const userAgent = request.headers.get('user-agent') ?? ''
    const visit = { qunId: view.qunId, address: peerAddress(request), userAgent, secret: ctx.env.AUTH_SECRET }
    await recordVisit(ctx.db, visit)
  }
  const posterSvg = await QRCode.toString(view.url, { type: 'svg', margin: 1, errorCorrectionLevel: 'Q' })
  return new Response(joinPage({ locale, t, view, revision: revisionOf(view), posterSvg }), { headers: pageHeaders })
}
