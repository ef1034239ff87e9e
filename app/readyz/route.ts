import { checkReadiness } from '@/lib/http/check-readiness'
import { webContext } from '@/lib/http/web-context'

export const dynamic = 'force-dynamic'

/** 200 when work can get through, else 503 that says what is missing. */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness(webContext())
  return Response.json(readiness, { status: readiness.isReady ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
}
