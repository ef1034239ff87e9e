/** Codes that WeChat sends for a different emoji; the vendor client maps them in the same way. */
const misnamedEmoji: Record<string, string> = { '1f639': '1f602', '1f64d': '1f614' }

/** The placeholder for an unreadable emoji. */
export const unreadableEmoji = '[表情]'

/** The base of a keycap: two hex digits for `#`, `*` or a digit before U+20E3, with or without U+FE0F between (assumed). */
const keycapBase = /(?:00)?(?:23|2a|3\d)(?=(?:fe0f)?20e3)/y

/** An emoji is hex code points without separators, so the first digits of each decide its length. */
const codePoints = [
  /** © and ®, alone or with U+FE0F (assumed). */
  /a[9e](?=$|fe0f)/y,
  /** Most emoji, and the tags of a region's flag. */
  /(?:1f[0-9a-f]|e00)[0-9a-f]{2}/y,
  /[0-9a-f]{4}/y,
]

/** Decodes the hex code in the class of an emoji span; never returns an empty text or markup. */
export function decodeEmoji(hex: string): string {
  const code = misnamedEmoji[hex] ?? hex
  let text = ''
  for (let at = 0; at < code.length;) {
    const base = readAt(keycapBase, code, at)
    const digits = base ?? codePoints.map((pattern) => readAt(pattern, code, at)).find((match) => match !== null)
    if (!digits) return unreadableEmoji
    const point = Number.parseInt(digits, 16)
    if (!base && !isPicture(point)) return unreadableEmoji
    text += String.fromCodePoint(point)
    at += digits.length
  }
  return text || unreadableEmoji
}

function readAt(pattern: RegExp, code: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(code)?.[0] ?? null
}

/** Returns false for ASCII, control characters, surrogates and the private area of old phones' emoji, which no screen shows. */
function isPicture(point: number): boolean {
  return point >= 0xa9 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xf8ff)
}
