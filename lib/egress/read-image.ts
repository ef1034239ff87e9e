import { fileTypeFromBuffer } from 'file-type'
import { convertImage } from '@/lib/egress/convert-image'
import { decodeBody } from '@/lib/egress/decode-body'
import { type Sentence, sentenceOf } from '@/lib/sentence'

/** Formats that WeChat's web client shows as an image (BMP according to the vendor client, not tested). */
const contentTypes = new Map([
  ['png', 'image/png'],
  ['apng', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['bmp', 'image/bmp'],
])
/** Formats that WeChat would show as a file, and that are converted. */
const convertible = new Set(['webp', 'avif'])

export type UsableImage = { ok: true; bytes: Buffer; contentType: string } | { ok: false; sentence: Sentence }

export type ReceivedBytes = { bytes: Buffer; encoding: string }

/**
 * Returns an image that WeChat shows: decoded if `encoding` says that it is compressed and it really is, and converted if WeChat does
 * not show its format. The type is detected from the bytes. Never throws: `sentence` is the reason.
 */
export async function readImage({ bytes, encoding }: ReceivedBytes, maxBytes: number): Promise<UsableImage> {
  const sent = await readType(bytes)
  if (encoding !== '' && !sent?.mime.startsWith('image/')) {
    const decoded = await decodeBody(bytes, encoding, maxBytes)
    if (decoded.ok) return readImage({ bytes: decoded.bytes, encoding: '' }, maxBytes)
    return { ok: false, sentence: describeEncoding(decoded.why, encoding, maxBytes) }
  }
  if (sent && convertible.has(sent.ext)) return convertImage(bytes, { maxBytes })
  const contentType = contentTypes.get(sent?.ext ?? '')
  if (contentType) return { ok: true, bytes, contentType }
  if (!sent?.mime.startsWith('image/')) return { ok: false, sentence: sentenceOf('not_an_image') }
  const format = sent.ext.toUpperCase()
  return { ok: false, sentence: sentenceOf('image_format', { format }) }
}

async function readType(bytes: Buffer) {
  return fileTypeFromBuffer(bytes).catch(() => undefined)
}

function describeEncoding(why: 'too_big' | 'broken' | 'unknown', encoding: string, maxBytes: number): Sentence {
  if (why === 'too_big') return sentenceOf('image_unpacked_size', { size: maxBytes / 1024 / 1024 })
  if (why === 'broken') return sentenceOf('image_compression_broken')
  return sentenceOf('image_compression', { encoding: encoding.slice(0, 40) })
}
