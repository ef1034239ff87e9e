import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const blockSizeBytes = 32

/** Returns WeCom's signature of a callback. */
export function signCallback(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex')
}

/** Encrypts a callback as WeCom does: AES-256-CBC, PKCS7 to 32 bytes, with the receiver's id at the end. */
export function encryptCallback(aesKey: string, text: string, receiveId: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(text))
  const plain = Buffer.concat([randomBytes(16), length, Buffer.from(text), Buffer.from(receiveId)])
  const padding = blockSizeBytes - (plain.length % blockSizeBytes)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])),
    cipher.final(),
  ]).toString('base64')
}

/** Decrypts what `encryptCallback` returns. @throws for another key */
export function decryptCallback(aesKey: string, encrypted: string): { text: string; receiveId: string } {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0))
  const length = plain.readUInt32BE(16)
  return { text: plain.subarray(20, 20 + length).toString(), receiveId: plain.subarray(20 + length).toString() }
}
