import { type Sentence, sentenceOf } from '@/lib/sentence'

/** Maximum pixels of an image to decode, which takes about 100 MB. */
const maxPixels = 24_000_000
const timeoutSeconds = 8

/** The only enabled decoders, because the content of a link is untrusted. */
const loaders = ['VipsForeignLoadWebpBuffer', 'VipsForeignLoadHeifBuffer']

export type ConvertedImage = { ok: true; bytes: Buffer; contentType: string } | { ok: false; sentence: Sentence }

/**
 * Converts a WebP or AVIF, which WeChat would show as a file, to a JPEG, or to a PNG if it has transparency.
 * Of an animation it is the first picture. Never throws: `sentence` is the reason.
 */
export async function convertImage(bytes: Buffer, { maxBytes }: { maxBytes: number }): Promise<ConvertedImage> {
  try {
    const sharp = await importSharp()
    const image = sharp(bytes, { limitInputPixels: maxPixels, pages: 1 }).timeout({ seconds: timeoutSeconds }).rotate()
    const { isOpaque } = await image.clone().stats()
    const contentType = isOpaque ? 'image/jpeg' : 'image/png'
    const converted = await (isOpaque ? image.jpeg({ quality: 90 }) : image.png()).toBuffer()
    if (converted.length > maxBytes)
      return { ok: false, sentence: sentenceOf('image_converted_size', { size: maxBytes / 1024 / 1024 }) }
    return { ok: true, bytes: converted, contentType }
  } catch (error) {
    const isTooLarge = error instanceof Error && /pixel limit/i.test(error.message)
    return { ok: false, sentence: sentenceOf(isTooLarge ? 'image_pixels' : 'image_broken') }
  }
}

/** Loads sharp on first use, because most installations never convert an image. */
async function importSharp() {
  const { default: sharp } = await import('sharp')
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: loaders })
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}
