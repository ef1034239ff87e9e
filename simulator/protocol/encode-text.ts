/**
 * Codes that clients decode differently: wechat4u and itchat swap some of them, because WeChat once sent wrong ones. They stay
 * raw here, so that every client reads the original text.
 */
const ambiguous = new Set(
  '1f450 1f601 1f602 1f603 1f60d 1f614 1f616 1f618 1f621 1f622 1f639 1f63a 1f63b 1f63c 1f63d 1f63f 1f64d 1f64e 1f4ab'.split(
    ' ',
  ),
)

/** Encodes text as WeChat's web protocol does: HTML escapes, `<br/>`, emoji as spans. */
export function encodeText(text: string): string {
  return encodeMarkup(text).replace(/\p{Extended_Pictographic}/gu, (character) => {
    const code = character.codePointAt(0)?.toString(16) ?? ''
    return code.length < 5 || ambiguous.has(code) ? character : `<span class="emoji emoji${code}"></span>`
  })
}

/** Encodes XML for a message's Content. */
export function encodeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\r\n|\r|\n/g, '<br/>')
}

/** Encodes the value of an XML attribute. */
export function encodeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#x0A;')
}
