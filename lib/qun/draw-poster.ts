import QRCode from 'qrcode'
import type sharpModule from 'sharp'

/** An A4 page at 150 pixels per inch. */
const page = { width: 1240, height: 1754, density: 150 }
const textWidthPx = 1040
const qrSizePx = 760
const colours = { ink: '#111111', muted: '#5a5f5c', accent: '#067d40' }
/** The first installed one is used; without any of them, whatever the system draws Chinese with. */
const fontFamilies =
  'Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif'

type Sharp = typeof sharpModule
type Layer = { data: Buffer; info: { width: number; height: number; channels: 1 | 2 | 3 | 4 } }
type Poster = {
  /** The name of the group. */
  name: string
  /** Whose group it is. */
  shopLine: string
  /** What to do with the code. */
  scanLine: string
  url: string
}

let canDrawChinese: Promise<boolean> | null = null

/**
 * Draws the poster of a group as a PNG of A4 size: its name, the line of the shop, and the QR code of its join link. Emoji are left out.
 * On a system without a Chinese font the texts are left out, because they would be boxes, and the link is printed instead.
 */
export async function drawPoster({ name, shopLine, scanLine, url }: Poster): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  const hasFont = await (canDrawChinese ??= drawsChinese(sharp))
  const code = drawCode(url)
  const texts = hasFont
    ? [
        await drawText(sharp, name, { maxHeight: 200, colour: colours.ink }),
        await drawText(sharp, shopLine, { maxHeight: 64, colour: colours.muted }),
        await drawText(sharp, scanLine, { maxHeight: 76, colour: colours.accent }),
      ]
    : [null, null, await drawText(sharp, url, { maxHeight: 40, colour: colours.muted })]
  const [title, shop, hint] = texts
  const center = (layer: Layer | null | undefined, top: number) =>
    layer ? [{ input: layer.data, raw: layer.info, top, left: Math.round((page.width - layer.info.width) / 2) }] : []
  return sharp({ create: { ...page, channels: 3, background: 'white' } })
    .composite([
      ...center(title, 180),
      ...center(shop, 180 + (title?.info.height ?? 0) + 50),
      ...center(code, 580),
      ...center(hint, 580 + qrSizePx + 90),
    ])
    .withMetadata({ density: page.density })
    .png()
    .toBuffer()
}

/** Draws a text in one line, as large as the width allows up to `maxHeight`. null: nothing to draw, or no font at all. */
async function drawText(
  sharp: Sharp,
  text: string,
  { maxHeight: height, colour }: { maxHeight: number; colour: string },
): Promise<Layer | null> {
  const shown = text.replaceAll(/[\p{Extended_Pictographic}\u{FE0F}\u{200D}]/gu, '').trim()
  if (!shown) return null
  const escaped = shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const markup = `<span foreground="${colour}">${escaped}</span>`
  const drawing = { text: markup, font: fontFamilies, width: textWidthPx, height, align: 'centre', rgba: true } as const
  return sharp({ text: drawing })
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(() => null)
}

/** Draws a QR code without a library for pictures: one byte per pixel. */
function drawCode(url: string): Layer {
  const { modules } = QRCode.create(url, { errorCorrectionLevel: 'Q' })
  const scale = Math.floor(qrSizePx / modules.size)
  const size = scale * modules.size
  const data = Buffer.alloc(size * size, 255)
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      if (modules.get(Math.floor(row / scale), Math.floor(column / scale))) data[row * size + column] = 0
  return { data, info: { width: size, height: size, channels: 1 } }
}

/** Returns whether the system has a font with Chinese: without one a character is a box, whose top row is one line. */
async function drawsChinese(sharp: Sharp): Promise<boolean> {
  const drawn = await sharp({ text: { text: '\u7fa4', font: `${fontFamilies} 60` } })
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(() => null)
  if (!drawn) return false
  const { data, info } = drawn
  const length = info.width * info.channels
  const rows = Array.from({ length: info.height }, (_, row) => data.subarray(row * length, (row + 1) * length))
  const top = rows.find((row) => row.some((value) => value > 128)) ?? Buffer.alloc(0)
  return top.filter((value) => value > 128).length < length * 0.9
}
