import { countLoad, countMiss, joinTranslator, tooOftenResponse } from '@/components/qun/join-page-response'
import { webContext } from '@/lib/http/web-context'
import { drawPoster } from '@/lib/qun/draw-poster'
import { getQunByNumber } from '@/lib/qun/get-qun'
import { parseQunNumber, qunLink } from '@/lib/qun/qun-link'
import { shownName } from '@/lib/qun/qun-view'

type Context = { params: Promise<{ id: string }> }

/** Returns the poster of a group as a PNG; it shows what the join page shows to anyone. Spec: B7 (join page). */
export async function GET(request: Request, context: Context): Promise<Response> {
  const ctx = webContext()
  // As a page: drawing takes longer than serving a stored picture.
  const waitSeconds = await countLoad(ctx, request)
  if (waitSeconds !== null) return tooOftenResponse(waitSeconds)
  const number = parseQunNumber((await context.params).id)
  const qun = number === null ? null : await getQunByNumber(ctx.db, { number })
  if (!qun) {
    await countMiss(ctx, request, { isCounted: true })
    return new Response('没有海报\n', { status: 404, headers: { 'Cache-Control': 'no-store' } })
  }
  const { t } = joinTranslator(request)
  const name = shownName(qun)
  const poster = await drawPoster({
    name,
    shopLine: t('about', { owner: qun.ownerName }),
    scanLine: t('posterScan'),
    url: qunLink({ publicUrl: ctx.env.PUBLIC_URL, sealer: ctx.sealer }, qun).url,
  })
  return new Response(new Uint8Array(poster), {
    headers: {
      'Content-Type': 'image/png',
      'Content-Disposition': `inline; filename="poster.png"; filename*=UTF-8''${encodeURIComponent(name)}.png`,
      'Cache-Control': 'private, max-age=60',
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
    },
  })
}
