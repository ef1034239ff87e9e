import { checkReadiness } from '@/lib/http/check-readiness'
import { webContext } from '@/lib/http/web-context'

export const dynamic = 'force-dynamic'

/** Returns 200 if the installation can work, otherwise 503 with the failed checks. */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness(webContext())
  return Response.json(readiness, { status: readiness.isReady ? 200 : 503, headers: { 'Cache-Control': 'no-store' } })
}
