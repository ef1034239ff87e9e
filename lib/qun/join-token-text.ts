import { randomBytes } from 'node:crypto'

/** Makes a join token: 12 hex digits, upper case. */
export function newJoinToken(): string {
  return randomBytes(6).toString('hex').toUpperCase()
}

/** A join token as people see it: the base64 of its digits, as in the document's example. */
export function encodeJoinToken(token: string): string {
  return Buffer.from(token).toString('base64')
}

/** Reads a join token as people write it: its base64, padding optional, or the 12 hex digits themselves. null when it is none. */
export function readJoinToken(text: string): string | null {
  const word = text.trim().replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/')
  if (/^[0-9a-f]{12}$/i.test(word)) return word.toUpperCase()
  if (!/^[A-Za-z0-9+/]{16}$/.test(word)) return null
  const decoded = Buffer.from(word, 'base64').toString('latin1')
  return /^[0-9a-f]{12}$/i.test(decoded) ? decoded.toUpperCase() : null
}

/** Finds join tokens that stand in a text as whole words, in their order, at most ten. */
export function findJoinTokens(text: string): string[] {
  const words = text.match(/(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{12,16}(?![A-Za-z0-9+/_-])/g) ?? []
  return [...new Set(words.flatMap((word) => readJoinToken(word) ?? []))].slice(0, 10)
}
