const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu
const words = /[\p{L}\p{N}]+/gu
/** Maximum distinct terms of one article or question. */
const maxTerms = 4000
const maxWordLength = 40

/**
 * Returns the distinct search terms of a text: each pair of adjacent characters of a script without spaces (a run of one character
 * is a term itself), and each word or number of the others, in lower case. Works for Chinese without a dictionary.
 */
export function searchTerms(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase()
  const terms = new Set<string>()
  for (const [run] of plain.matchAll(han)) {
    const characters = [...run]
    if (characters.length === 1) terms.add(run)
    for (let index = 0; index + 1 < characters.length; index++)
      terms.add(`${characters[index]}${characters[index + 1]}`)
  }
  for (const [word] of plain.replace(han, ' ').matchAll(words)) terms.add([...word].slice(0, maxWordLength).join(''))
  return [...terms].slice(0, maxTerms)
}
