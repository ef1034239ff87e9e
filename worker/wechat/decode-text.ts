/** Codes that WeChat sends for another emoji; the stock client reads them the same way. */
const misnamedEmoji: Record<string, string> = { '1f639': '1f602', '1f64d': '1f614' }

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }

// One alternation and one pass: what a decoded piece contains is never decoded again, so `&amp;lt;` stays `&lt;`.
const encoded =
  /<br\s*\/?>|<span class="emoji emoji([0-9a-f]{4,40})"><\/span>|&(lt|gt|amp|quot|apos|nbsp);|&#(\d{1,7}|x[0-9a-f]{1,6});/gi

/** Decodes a text as WeChat's web protocol writes it: `<br/>`, entities and emoji spans, each once. What Postgres refuses is left out. */
export function decodeText(text: string): string {
  return keepStorable(
    text.replace(encoded, (all, emoji?: string, name?: string, code?: string) => {
      if (emoji) return decodeEmoji(emoji.toLowerCase())
      if (name) return named[name.toLowerCase()] ?? all
      if (code) return decodeCode(code) ?? all
      return '\n'
    }),
  )
}

/** Decodes a name, which has one line. */
export function decodeName(text: string): string {
  return decodeText(text).replace(/\s*\n\s*/g, ' ')
}

/** Splits what is said in a room into its speaker's `@…` and the words; a line without a speaker is all words. */
export function splitSpeaker(content: string): { speaker: string | null; words: string } {
  const prefix = /^(@[0-9a-z]+):<br\s*\/?>/i.exec(content)
  return prefix
    ? { speaker: prefix[1] ?? null, words: content.slice(prefix[0].length) }
    : { speaker: null, words: content }
}

/** Postgres takes no NUL in a text, and no half of a surrogate pair. */
function keepStorable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** An emoji's code points stand side by side in hex, four or five digits each. */
function decodeEmoji(hex: string): string {
  const code = misnamedEmoji[hex] ?? hex
  let rest = code
  let text = ''
  while (rest) {
    const length = rest.startsWith('1f') || rest.startsWith('e0') ? 5 : 4
    const point = Number.parseInt(rest.slice(0, length), 16)
    if (rest.length < length || point > 0x10ffff) return '[表情]'
    text += String.fromCodePoint(point)
    rest = rest.slice(length)
  }
  return text
}

function decodeCode(code: string): string | null {
  const point = code[0]?.toLowerCase() === 'x' ? Number.parseInt(code.slice(1), 16) : Number(code)
  return point <= 0x10ffff ? String.fromCodePoint(point) : null
}
