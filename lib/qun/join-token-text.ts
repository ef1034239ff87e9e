import { randomBytes } from 'node:crypto'

/** Returns a new join token: 12 hex digits, upper case. */
export function newJoinToken(): string {
  return randomBytes(6).toString('hex').toUpperCase()
}

/** Returns a join token as it is shown: the base64 of its digits, as in the specification's example. */
export function encodeJoinToken(token: string): string {
  return Buffer.from(token).toString('base64')
}

/** Parses a join token: its base64, padding optional, or the 12 hex digits; null: not a join token. */
export function parseJoinToken(text: string): string | null {
  const trimmed = text.trim()
  // The longest form is base64 with two padding characters.
  if (trimmed.length > 18) return null
  const word = trimmed.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/')
  if (/^[0-9a-f]{12}$/i.test(word)) return word.toUpperCase()
  if (!/^[A-Za-z0-9+/]{16}$/.test(word)) return null
  const decoded = Buffer.from(word, 'base64').toString('latin1')
  return /^[0-9a-f]{12}$/i.test(decoded) ? decoded.toUpperCase() : null
}

/** Returns the join tokens that a text contains as whole words, in order, a maximum of ten. */
export function findJoinTokens(text: string): string[] {
  const words = text.match(/(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{12,16}(?![A-Za-z0-9+/_-])/g) ?? []
  return [...new Set(words.flatMap((word) => parseJoinToken(word) ?? []))].slice(0, 10)
}
