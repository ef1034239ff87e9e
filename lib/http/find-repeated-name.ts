/**
 * Returns the first name that occurs twice in a JSON object, at its top level; null: none. `JSON.parse` keeps the last value and
 * reports nothing. The text must be the valid JSON of an object.
 */
export function findRepeatedName(json: string): string | null {
  const names = new Set<string>()
  let depth = 0
  let isName = false
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (character === '"') {
      const end = endOfString(json, at)
      if (isName) {
        const name = JSON.parse(json.slice(at, end + 1)) as string
        if (names.has(name)) return name
        names.add(name)
        isName = false
      }
      at = end
    } else if (character === '{' || character === '[') {
      depth++
      isName = depth === 1
    } else if (character === '}' || character === ']') depth--
    else if (character === ',' && depth === 1) isName = true
  }
  return null
}

/** Returns the position of the quote that ends the string which begins at `start`. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1)
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1)
  return end
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0
  while (json[at - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}
