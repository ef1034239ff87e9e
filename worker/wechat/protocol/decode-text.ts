import { decodeEmoji, unreadableEmoji } from '@/worker/wechat/protocol/decode-emoji'

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }

/** NUL, plain or encoded, which Postgres refuses. Removed first: removed later, the rest could combine to a tag. */
const nul = /\0|&#(?:0{1,7}|x0{1,6});/gi

// One alternation, one pass: decoded text is never decoded again, so `&amp;lt;` becomes `&lt;`.
const encoded =
  /<br\s*\/?>|<span class="emoji emoji([0-9a-f]{2,40})"><\/span>|&(lt|gt|amp|quot|apos|nbsp);|&#(\d{1,7}|x[0-9a-f]{1,6});/gi

/** An emoji span that is truncated or has an unreadable code. */
const brokenEmoji = /<span class="emoji[^<>]{0,200}>?(?:<\/span>)?/gi

/** Replaces a typed `<` until WeChat's own markup is removed. */
const typedLess = '\0'

/**
 * Decodes a text of WeChat's web protocol: `<br/>`, entities and emoji spans, each once, in linear time. The result contains no emoji span
 * and nothing that Postgres refuses.
 */
export function decodeText(text: string): string {
  return text
    .replace(nul, '')
    .replace(encoded, (all, emoji?: string, name?: string, code?: string) => {
      if (emoji) return decodeEmoji(emoji.toLowerCase())
      const character = name ? named[name.toLowerCase()] : code ? decodeCode(code) : '\n'
      return character === '<' ? typedLess : (character ?? all)
    })
    .replace(brokenEmoji, unreadableEmoji)
    .replaceAll(typedLess, '<')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** Maximum length of a stored name of a person, room or file, in UTF-16 units; WeChat's own limits are below 100. */
export const maxNameLength = 300

/** Decodes a name to one line of up to `maxNameLength`. */
export function decodeName(text: string): string {
  const lines = decodeText(text).split(/[\n\v\f\r\u0085\u2028\u2029]/)
  const last = lines.length - 1
  const trimmed = lines.map((line, index) => {
    if (index === 0) return last === 0 ? line : line.trimEnd()
    return index === last ? line.trimStart() : line.trim()
  })
  return cutText(trimmed.filter((line, index) => line !== '' || index === 0 || index === last).join(' '), maxNameLength)
}

/** Cuts a text to a maximum of `maxLength` UTF-16 units, never within a surrogate pair. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const end = (text.codePointAt(maxLength - 1) ?? 0) > 0xffff ? maxLength - 1 : maxLength
  return text.slice(0, end)
}

/** Splits the content of a room message into its sender's `@…` and the text. `speaker` is null if no sender precedes the text. */
export function splitSpeaker(content: string): { speaker: string | null; words: string } {
  const prefix = /^(@[0-9a-z]{1,199}):<br\s{0,9}\/?>/i.exec(content)
  return prefix
    ? { speaker: prefix[1] ?? null, words: content.slice(prefix[0].length) }
    : { speaker: null, words: content }
}

function decodeCode(code: string): string | null {
  const point = code[0]?.toLowerCase() === 'x' ? Number.parseInt(code.slice(1), 16) : Number(code)
  return point <= 0x10ffff ? String.fromCodePoint(point) : null
}
