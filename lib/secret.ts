import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { customAlphabet } from 'nanoid'

export type EncryptionKey = { id: string; key: Buffer }

/** Encrypts and decrypts secrets in the database; `context` (the id of the row) binds a sealed text to its row. */
export type Sealer = {
  seal(plainText: string, context: string): string
  /** @throws when the key is unknown, or the text or context was changed. */
  open(sealed: string, context: string): string
}

/** Required tag length: GCM would also accept shorter tags, which are easier to forge. */
const authTagLength = 16

/** Creates a sealer with AES-256-GCM: the first key encrypts, all keys decrypt. */
export function createSealer(keys: readonly EncryptionKey[]): Sealer {
  const [current] = keys
  if (!current) throw new Error('no encryption key')
  return {
    seal(plainText, context) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', current.key, iv, { authTagLength }).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()])
      return [current.id, ...[iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.')
    },
    open(sealed, context) {
      const [keyId, iv, tag, body] = sealed.split('.')
      const match = keys.find((key) => key.id === keyId)
      if (!match || !iv || !tag || body === undefined) throw new Error(`sealed with an unknown key: ${keyId}`)
      const decipher = createDecipheriv('aes-256-gcm', match.key, Buffer.from(iv, 'base64url'), { authTagLength })
        .setAAD(Buffer.from(context))
        .setAuthTag(Buffer.from(tag, 'base64url'))
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8')
    },
  }
}

const tokenTail = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 40)

/** Returns a new access token: `wx_` and 40 random characters. */
export function newAccessToken(): string {
  return `wx_${tokenTail()}`
}

/** Returns a new Standard Webhooks secret: `whsec_` and 32 random bytes in base64. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/** Hashes a token for the database: SHA-256, hex. A token is random, so no salt is needed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
