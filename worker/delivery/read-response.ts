import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { RetCodeScanner } from '@/lib/callback/delivery/response'

/** Maximum bytes read of a body; more of a JSON object, because its `retCode` may come last. */
const maxBytes = 64 * 1024
const maxObjectBytes = 1024 * 1024
const excerptBytes = 1024

const decoders = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

/** `retCode`: undefined if the body has none. `text`: the body; "": longer than 64 KB. */
export type ReadResponse = { excerpt: string; retCode: unknown; text: string }

/**
 * Reads the start of a response's body, decompressed if the endpoint compressed it unasked. A body that breaks off, or does
 * not end before the deadline, counts as read if its JSON object is complete and has a `retCode`.
 * @throws Error if the body breaks off before that
 */
export async function readResponse(response: IncomingMessage): Promise<ReadResponse> {
  const decoder = openTextDecoder(response.headers['content-type'])
  const scanner = new RetCodeScanner()
  let start = ''
  let sizeBytes = 0
  try {
    // Leaving the loop destroys the body and its connection, whose remaining bytes are not read.
    for await (const chunk of decompress(response) as AsyncIterable<Buffer>) {
      const text = decoder.decode(chunk, { stream: true })
      scanner.write(text)
      if (start.length < maxBytes) start += text
      sizeBytes += chunk.length
      if (sizeBytes >= (scanner.isObject ? maxObjectBytes : maxBytes)) break
    }
  } catch (error) {
    if (!scanner.isComplete || scanner.retCode === undefined) throw error
  }
  const excerpt = excerptOf(start.slice(0, 4 * excerptBytes))
  return { excerpt, retCode: scanner.retCode, text: sizeBytes <= maxBytes ? start.replace(/^\uFEFF/, '') : '' }
}

function decompress(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase()
  const open = decoders[encoding as keyof typeof decoders]
  // The reading loop receives the error.
  return open ? pipeline(response, open(), () => {}) : response
}

function openTextDecoder(contentType: string | undefined): TextDecoder {
  const [, charset = 'utf-8'] = /charset\s*=\s*"?([\w-]+)/i.exec(contentType ?? '') ?? []
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

/** Returns the start of a body, with echoed tokens masked, also a truncated one. */
function excerptOf(start: string): string {
  const text = start.replaceAll('\0', '').replace(/wx_\w{40}|wx_\w*$/g, 'wx_****')
  return Buffer.from(text).subarray(0, excerptBytes).toString()
}
