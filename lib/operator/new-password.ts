import { randomBytes } from 'node:crypto'

/** The fewest characters of a password that somebody chose. */
export const minPasswordLength = 10

/** Makes a password of 20 characters, 120 bits. */
export function newPassword(): string {
  return randomBytes(15).toString('base64url')
}
