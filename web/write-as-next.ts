import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import compression from 'next/dist/compiled/compression/index.js'
import { releaseCompressionStream } from 'next/dist/server/lib/release-compression-stream.js'

/** Next sends it with each response, because pages and their data share addresses. */
const vary = 'rsc, next-router-state-tree, next-router-prefetch, next-router-segment-prefetch'
/** Describe the body before compression and framing. */
const bodyHeaders = new Set(['content-length', 'content-encoding', 'transfer-encoding'])

const compress = compression()

/** Compresses a response by the same rules and with the same bytes as Next. */
export function compressAsNext(request: IncomingMessage, response: ServerResponse): void {
  response.appendHeader('vary', vary)
  compress(request, response, () => {})
  response.once('close', () => {
    if (!response.writableFinished) releaseCompressionStream(response)
  })
}

/** Writes the response of a route handler with the same status, headers and bytes as Next. */
export async function writeAsNext(
  response: ServerResponse & { flush?: () => void },
  { status, headers, body }: Response,
  { isHead }: { isHead: boolean },
): Promise<void> {
  response.statusCode = status
  headers.forEach((value, name) => {
    if (!bodyHeaders.has(name) && !response.hasHeader(name)) response.setHeader(name, value)
  })
  if (!body || isHead) {
    await body?.cancel()
    return void response.end()
  }
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    if (response.closed) return
    const isDrained = response.write(chunk)
    response.flush?.()
    if (!isDrained) await drained(response)
  }
  response.end()
}

/** Resolves once a response takes more bytes, or is closed. */
async function drained(response: ServerResponse): Promise<void> {
  const closed = new AbortController()
  const abort = () => closed.abort()
  response.once('close', abort)
  await once(response, 'drain', closed).catch(() => undefined)
  response.off('close', abort)
}
