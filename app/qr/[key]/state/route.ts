import { webContext } from '@/lib/http/web-context'
import { readQrPage } from '@/lib/public-page/read-qr-page'

type Context = { params: Promise<{ key: string }> }

/** Returns the state of a scan page, which polls it about once a second. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  const page = await readQrPage(webContext(), (await context.params).key)
  const headers = { 'Cache-Control': 'no-store' }
  return page ? Response.json(page, { headers }) : Response.json({ error: 'not found' }, { status: 404, headers })
}
