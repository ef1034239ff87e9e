/**
 * Tells whether a text holds `word` as a whole one. Between ASCII letters and digits that means: none beside it; Chinese may stand
 * directly beside it, as in WeChat's "我是…". A word that begins or ends otherwise has no letter of any kind beside it there,
 * but for that prefix.
 */
export function containsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0 && word; at = text.indexOf(word, at + 1)) {
    const before = text.slice(0, at)
    const after = text.slice(at + word.length)
    const startsFree = isAscii(word.slice(0, 1)) ? !/[A-Za-z0-9]$/.test(before) : isFreeStart(before)
    const endsFree = isAscii(word.slice(-1)) ? !/^[A-Za-z0-9]/.test(after) : !/^[\p{L}\p{N}]/u.test(after)
    if (startsFree && endsFree) return true
  }
  return false
}

function isFreeStart(before: string): boolean {
  return !/[\p{L}\p{N}]$/u.test(before) || /(^|[^\p{L}\p{N}])我是$/u.test(before)
}

function isAscii(character: string): boolean {
  return character <= '\x7f'
}
