/**
 * Returns whether a text contains `word` as a whole word. At an ASCII end of the word no ASCII letter or digit may be adjacent, but
 * Chinese may, as in WeChat's "我是…". At any other end no letter or digit of any script may be adjacent, except that prefix.
 */
export function containsWord(text: string, word: string): boolean {
  const isStartAscii = isAscii(word.slice(0, 1))
  const isEndAscii = isAscii(word.slice(-1))
  for (let at = text.indexOf(word); at >= 0 && word; at = text.indexOf(word, at + 1)) {
    const before = text.slice(Math.max(0, at - lookBehind), at)
    const after = text.slice(at + word.length, at + word.length + characterLength)
    const isStartFree = isStartAscii ? !/[A-Za-z0-9]$/.test(before) : isFreeStart(before)
    const isEndFree = isEndAscii ? !/^[A-Za-z0-9]/.test(after) : !/^[\p{L}\p{N}]/u.test(after)
    if (isStartFree && isEndFree) return true
  }
  return false
}

/** Maximum UTF-16 code units of a character. Only the neighbours of a match are read, so that the search stays linear. */
const characterLength = 2
/** UTF-16 code units of 我是 and the character before it. */
const lookBehind = 2 + characterLength

function isFreeStart(before: string): boolean {
  return !/[\p{L}\p{N}]$/u.test(before) || /(^|[^\p{L}\p{N}])我是$/u.test(before)
}

function isAscii(character: string): boolean {
  return character <= '\x7f'
}
