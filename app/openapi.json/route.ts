import { buildDocument } from '@/lib/http/openapi/build-document'
import { webContext } from '@/lib/http/web-context'

export const dynamic = 'force-dynamic'

/** Serves the OpenAPI document of both APIs to tools of any origin. */
export function GET(): Response {
  const document = buildDocument({ publicUrl: webContext().env.PUBLIC_URL })
  return Response.json(document, { headers: { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-cache' } })
}
