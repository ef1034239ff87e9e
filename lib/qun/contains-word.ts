/**
 * Returns whether a text contains `word` as a whole word. Next to an ASCII end of the word there is no ASCII letter or digit; Chinese is allowed.
 * Next to any other end there is no letter or digit of any script, except that 我是 may precede the word.
 */
export function containsWord(text: string, word: string): boolean {
  const isStartAscii = isAscii(word.slice(0, 1))
  const isEndAscii = isAscii(word.slice(-1))
  for (let index = text.indexOf(word); index >= 0 && word; index = text.indexOf(word, index + 1)) {
    const before = text.slice(Math.max(0, index - lookBehind), index)
    const after = text.slice(index + word.length, index + word.length + characterLength)
    const isAtWordStart = isStartAscii ? !/[A-Za-z0-9]$/.test(before) : isWordStart(before)
    const isAtWordEnd = isEndAscii ? !/^[A-Za-z0-9]/.test(after) : !/^[\p{L}\p{N}]/u.test(after)
    if (isAtWordStart && isAtWordEnd) return true
  }
  return false
}

/** Maximum UTF-16 code units of a character. Only the neighbours of a match are read, so that the search stays linear. */
const characterLength = 2
/** UTF-16 code units of 我是 and the character before it. */
const lookBehind = 2 + characterLength

function isWordStart(before: string): boolean {
  return !/[\p{L}\p{N}]$/u.test(before) || /(^|[^\p{L}\p{N}])我是$/u.test(before)
}

function isAscii(character: string): boolean {
  return character <= '\x7f'
}
