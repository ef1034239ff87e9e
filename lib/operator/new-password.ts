import { randomBytes } from 'node:crypto'

/** Makes a password of 20 characters, 120 bits. */
export function newPassword(): string {
  return randomBytes(15).toString('base64url')
}
