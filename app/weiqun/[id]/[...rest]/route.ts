import { messagePage } from '@/components/qun/join-page'
import { webContext } from '@/lib/http/web-context'
import {
  tooOftenResponse,
  countMiss,
  countPart,
  joinTranslator,
  pageHeaders,
} from '@/components/qun/join-page-response'

/** Returns 404 for any other path below a join page; it counts like an unknown link. Spec: B5 (link). */
export async function GET(request: Request): Promise<Response> {
  const ctx = webContext()
  const waitSeconds = await countPart(ctx, request)
  if (waitSeconds !== null) return tooOftenResponse(waitSeconds)
  await countMiss(ctx, request)
  const { locale, t } = joinTranslator(request)
  const body = messagePage({ locale, title: t('unknown'), hint: t('unknownHint') })
  return new Response(body, { status: 404, headers: pageHeaders })
}
