import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'

const blockSizeBytes = 32
/** 16 random bytes and the length of the text. */
const headSizeBytes = 20

export type CallbackSignature = { signature: string; timestamp: string; nonce: string; encrypted: string }

/** Returns whether WeCom signed a callback with this token; compares in constant time. */
export function isSignatureValid(
  token: string,
  { signature, timestamp, nonce, encrypted }: CallbackSignature,
): boolean {
  const expected = createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest()
  const given = Buffer.from(signature, 'hex')
  return /^[\da-f]{40}$/i.test(signature) && timingSafeEqual(expected, given)
}

/**
 * Decrypts a callback: AES-256-CBC with PKCS7 to 32 bytes, the receiver's id at the end. Check the signature first.
 * null: not encrypted with this key, or damaged.
 */
export function decryptCallback(aesKey: string, encrypted: string): { text: string; receiveId: string } | null {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const body = Buffer.from(encrypted, 'base64')
  if (key.length !== 32 || body.length === 0 || body.length % 16 !== 0) return null
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = removePadding(Buffer.concat([decipher.update(body), decipher.final()]))
  if (!plain || plain.length < headSizeBytes) return null
  const end = headSizeBytes + plain.readUInt32BE(16)
  if (end > plain.length) return null
  return { text: plain.subarray(headSizeBytes, end).toString(), receiveId: plain.subarray(end).toString() }
}

/** null: the last bytes are not a padding. */
function removePadding(padded: Buffer): Buffer | null {
  const size = padded.at(-1) ?? 0
  if (size < 1 || size > blockSizeBytes || size > padded.length) return null
  const end = padded.length - size
  return padded.subarray(end).every((byte) => byte === size) ? padded.subarray(0, end) : null
}
