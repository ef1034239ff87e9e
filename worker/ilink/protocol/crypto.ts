import { createCipheriv, createDecipheriv } from 'node:crypto'

/** Encrypts a file for iLink's content network: AES-128-ECB with PKCS7. */
export function encryptFile(bytes: Buffer, key: Buffer): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null)
  return Buffer.concat([cipher.update(bytes), cipher.final()])
}

/** Decrypts a file; null: the key does not fit. */
export function decryptFile(bytes: Buffer, key: Buffer): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-128-ecb', key, null)
    return Buffer.concat([decipher.update(bytes), decipher.final()])
  } catch {
    return null
  }
}

/**
 * Reads the key of a received file: 32 hex characters, base64 of 16 raw bytes, or base64 of 32 hex characters.
 * null: another format.
 */
export function readKey({ hex, base64 }: { hex: string; base64: string }): Buffer | null {
  if (/^[\da-f]{32}$/i.test(hex)) return Buffer.from(hex, 'hex')
  const decoded = Buffer.from(base64, 'base64')
  if (decoded.length === 16) return decoded
  const text = decoded.toString('latin1')
  return /^[\da-f]{32}$/i.test(text) ? Buffer.from(text, 'hex') : null
}
