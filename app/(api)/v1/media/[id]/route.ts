import { AppError } from '@/lib/errors'
import { refuseMethod } from '@/lib/http/api-route'
import { errorAnswer } from '@/lib/http/dialect'
import { webContext } from '@/lib/http/web-context'
import { getMedia } from '@/lib/media/get-media'

/** What a browser may show in place; anything else could be a page in disguise. */
const shownInline = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])

/** A file that arrived from WeChat; whoever has the link may read it. */
export async function GET(_request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await context.params
  const found = /^med_\w+$/.test(id) ? await getMedia(webContext().db, id) : null
  if (!found) {
    const gone = errorAnswer('v1', new AppError('NOT_FOUND', '文件不存在或已过期'))
    return new Response(gone.body, gone)
  }
  const isInline = shownInline.has(found.contentType)
  return new Response(new Uint8Array(found.bytes), {
    headers: {
      'Content-Type': isInline ? found.contentType : 'application/octet-stream',
      'Content-Disposition': isInline ? 'inline' : 'attachment',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, max-age=86400, immutable',
    },
  })
}

const refuse = refuseMethod('v1', ['GET', 'HEAD'])
export { refuse as DELETE, refuse as OPTIONS, refuse as PATCH, refuse as POST, refuse as PUT }
