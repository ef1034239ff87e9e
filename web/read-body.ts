import { IncomingMessage } from 'node:http'
import { AppError } from '@/lib/errors'
import { canonicalPath } from '@/lib/http/canonical-path'
import { takesUpload } from '@/lib/http/contract/all-contracts'
import { maxBodyBytes, maxUploadBodyBytes } from '@/lib/http/read-parameters'

const maxSignInBytes = 16 * 1024
/** Replies of operators, and the rules of an application. */
const dashboardUploads = /^\/api\/dashboard\/(?:conversations\/[^/]+\/messages|applications\/[^/]+\/rules(?:\/[^/]+)?)$/

/** Returns the maximum bytes of the body of a request: more where it may contain an image or file. */
export function bodyLimitOf({ method, path }: { method: string | undefined; path: string }): number {
  const canonical = canonicalPath(path)
  const isWrite = method === 'POST' || method === 'PATCH'
  if (isWrite && dashboardUploads.test(canonical)) return maxUploadBodyBytes
  if (takesUpload({ method, path: canonical })) return maxUploadBodyBytes
  return /^\/api\/auth(?:\/|$)/.test(canonical) ? maxSignInBytes : maxBodyBytes
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0
}

export type Body = { bytes: Buffer; release(): void }

/**
 * Creates the reader of bodies. It counts the bytes that arrive, because a chunked body does not state its length, and limits the
 * memory of all bodies together; `release` returns a body's share. `onAccepted` is called before the first byte is read.
 * @throws BODY_TOO_LARGE over `maxBytes`, before reading if Content-Length is larger; RATE_LIMITED when the memory is used up;
 * the stream's error when the client disconnects.
 */
export function createBodyReader({ maxHeldBytes }: { maxHeldBytes: number }) {
  let heldBytes = 0
  return async function readBody(
    request: IncomingMessage,
    { maxBytes, onAccepted }: { maxBytes: number; onAccepted: () => void },
  ): Promise<Body> {
    const tooLarge = new AppError('BODY_TOO_LARGE', {
      reason: 'body_too_large',
      params: { limit: sizeText(maxBytes) },
      parameter: 'body',
    })
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge
    onAccepted()
    const chunks: Buffer[] = []
    let size = 0
    const release = () => {
      heldBytes -= size
      size = 0
    }
    try {
      // The default iterator would destroy the socket, and with it the response, when the loop ends early.
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        size += chunk.length
        heldBytes += chunk.length
        if (size > maxBytes) throw tooLarge
        if (heldBytes > maxHeldBytes)
          throw new AppError('RATE_LIMITED', { reason: 'memory_used_up', retryAfterSeconds: 1 })
        chunks.push(chunk)
      }
    } catch (error) {
      release()
      throw error
    }
    return { bytes: Buffer.concat(chunks), release }
  }
}

/** Returns a copy of a request with its complete body. */
export function withBody(request: IncomingMessage, bytes: Buffer): IncomingMessage {
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = request
  const completeRequest = Object.assign(new IncomingMessage(request.socket), {
    method,
    url,
    headers,
    rawHeaders,
    httpVersion,
    httpVersionMajor,
    httpVersionMinor,
    complete: true,
  })
  if (bytes.length > 0) completeRequest.push(bytes)
  completeRequest.push(null)
  return completeRequest
}

function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${bytes / 1024} KiB` : `${bytes / 1024 / 1024} MiB`
}
