import { AppError } from '@/lib/errors'
import { refuseMethod } from '@/lib/http/api-route'
import { renderError } from '@/lib/http/dialect'
import { limitAddress } from '@/lib/http/limit-rate'
import { webContext } from '@/lib/http/web-context'
import { contentDisposition } from '@/lib/media/file-name'
import { getMedia, type StoredMedia, streamMedia } from '@/lib/media/media'
import { getOutgoingFile } from '@/lib/media/outgoing-file'

/** Types that a browser may show inline; other types could contain scripts. */
const shownInline = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])

/** Files are untrusted: the browser must not run scripts or guess the content type. */
const isolation = { 'Content-Security-Policy': "sandbox; default-src 'none'", 'X-Content-Type-Options': 'nosniff' }

/** Maximum requests per minute and IP address; a request for an unknown id counts as ten, because it may be a guess. */
const readsPerMinute = 600

/** Returns a file received from WeChat, or one that is being sent. The unguessable link is the only credential. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await context.params
  const { db, limiter } = webContext()
  const limit = { purpose: 'media', perMinute: readsPerMinute }
  try {
    await limitAddress(limiter, request, limit)
    const media = /^med_\w+$/.test(id) ? await getMedia(db, id) : null
    if (media) return sendFile(streamMedia(db, { mediaId: id, ...media }), media)
    const outgoing = /^out_\w+$/.test(id) ? await getOutgoingFile(db, id) : null
    if (outgoing) return sendOutgoing(outgoing)
    await limitAddress(limiter, request, { ...limit, weight: 9 })
    throw new AppError('NOT_FOUND', { reason: 'file_not_found' })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const refusal = renderError('v1', error)
    return new Response(refusal.body, refusal)
  }
}

function sendFile(body: ReadableStream, { contentType, sizeBytes, fileName }: StoredMedia) {
  const isInline = shownInline.has(contentType)
  const headers = {
    'Content-Type': isInline ? contentType : 'application/octet-stream',
    'Content-Length': String(sizeBytes),
    'Content-Disposition': contentDisposition(isInline ? 'inline' : 'attachment', fileName),
    'Cache-Control': 'private, max-age=86400, immutable',
  }
  return new Response(body, { headers: { ...headers, ...isolation } })
}

/** Another service fetches this one; it is deleted after its send, so no copy may outlive it. */
function sendOutgoing({ contentType, bytes }: { contentType: string; bytes: Buffer }) {
  const headers = { 'Content-Type': contentType, 'Cache-Control': 'no-store', ...isolation }
  return new Response(new Uint8Array(bytes), { headers })
}

const refuse = refuseMethod('v1', ['GET', 'HEAD'])
export { refuse as DELETE, refuse as OPTIONS, refuse as PATCH, refuse as POST, refuse as PUT }
