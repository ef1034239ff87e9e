import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'

type Decode = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>

const zlibInflate = promisify(inflate) as Decode
const rawInflate = promisify(inflateRaw) as Decode
const decoders: Record<string, Decode> = {
  gzip: promisify(gunzip) as Decode,
  br: promisify(brotliDecompress) as Decode,
  // Servers use this name for two formats (RFC 9110, 8.4.1.2).
  deflate: (bytes, options) => zlibInflate(bytes, options).catch(() => rawInflate(bytes, options)),
}

/** Maximum stacked encodings; more could hide a decompression bomb. */
const maxEncodings = 2

export type DecodedBody = { ok: true; bytes: Buffer } | { ok: false; why: 'too_big' | 'broken' | 'unknown' }

/** Decodes the Content-Encoding of a response that sent one although none was requested. Output is limited to `maxBytes`. */
export async function decodeBody(bytes: Buffer, contentEncoding: string, maxBytes: number): Promise<DecodedBody> {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^x-/, ''))
  const encodings = names.filter((name) => name !== '' && name !== 'identity').toReversed()
  if (encodings.length > maxEncodings) return { ok: false, why: 'unknown' }
  let decoded = bytes
  for (const name of encodings) {
    const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined
    if (!decode) return { ok: false, why: 'unknown' }
    try {
      decoded = await decode(decoded, { maxOutputLength: maxBytes })
    } catch (error) {
      const isTooBig = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      return { ok: false, why: isTooBig ? 'too_big' : 'broken' }
    }
  }
  return { ok: true, bytes: decoded }
}
