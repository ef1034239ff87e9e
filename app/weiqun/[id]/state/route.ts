import { countLine, recentJoinLine } from '@/components/qun/join-page'
import { webContext } from '@/lib/http/web-context'
import { tooOftenResponse, countMiss, countPart, joinTranslator } from '@/components/qun/join-page-response'
import { readJoinView, revisionOf } from '@/lib/public-page/read-join-view'

type Context = { params: Promise<{ id: string }> }

const headers = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' }

/** Returns the current state of a join page, which polls it. */
export async function GET(request: Request, context: Context): Promise<Response> {
  const ctx = webContext()
  const waitSeconds = await countPart(ctx, request)
  if (waitSeconds !== null) return tooOftenResponse(waitSeconds)
  const view = await readJoinView(ctx, { id: (await context.params).id, key: null })
  if (!view) {
    await countMiss(ctx, request)
    return Response.json({ error: 'not found' }, { status: 404, headers })
  }
  const { t } = joinTranslator(request)
  const recentJoins = view.recentJoins.map((item) => recentJoinLine(t, item, view))
  return Response.json(
    { revision: revisionOf(view), members: countLine(t, view.memberCount), recentJoins },
    { headers },
  )
}
