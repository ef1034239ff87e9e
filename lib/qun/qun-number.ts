import { customAlphabet } from 'nanoid'

const draw = customAlphabet('0123456789', 14)
const first = customAlphabet('123456789', 1)

/** Draws a qun's number: 15 digits, too many to be guessed in order. Spec: B5. */
export function newQunNumber(): string {
  return first() + draw()
}

/** The tail of a qun's link: base64url of its number. */
export function encodeQunNumber(number: string): string {
  return Buffer.from(number).toString('base64url')
}

/** Reads the tail of a link; null when it can be no qun's, so that nothing is asked of the database. */
export function readQunNumber(tail: string): string | null {
  if (!/^[A-Za-z0-9_-]{20}$/.test(tail)) return null
  const number = Buffer.from(tail, 'base64url').toString('latin1')
  return /^[1-9]\d{14}$/.test(number) && encodeQunNumber(number) === tail ? number : null
}
