import { countLine, newsLine } from '@/components/qun/join-page'
import { AppError } from '@/lib/errors'
import { errorAnswer } from '@/lib/http/dialect'
import { limitAddress } from '@/lib/http/limit-address'
import { webContext } from '@/lib/http/web-context'
import { countMiss, joinTranslator } from '../answer-page'
import { readJoinView, revisionOf } from '../read-join-view'

type Context = { params: Promise<{ id: string }> }

/** A shop's visitors share one address, and each page asks every few seconds. */
const asksPerMinute = 1200
const headers = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' }

/** The latest news of a join page, asked for by the page itself. */
export async function GET(request: Request, context: Context): Promise<Response> {
  const ctx = webContext()
  try {
    await limitAddress(ctx.limiter, request, { purpose: 'weiqun-state', perMinute: asksPerMinute })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const told = errorAnswer('page', error)
    return new Response(told.body, told)
  }
  const view = await readJoinView(ctx, { id: (await context.params).id, key: null })
  if (!view) {
    await countMiss(ctx, request)
    return Response.json({ error: 'not found' }, { status: 404, headers })
  }
  const { t } = joinTranslator(request)
  const news = view.news.map((item) => newsLine(t, item))
  return Response.json({ revision: revisionOf(view), members: countLine(t, view.memberCount), news }, { headers })
}
