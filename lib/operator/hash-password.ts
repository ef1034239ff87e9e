import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** 32 MiB and about 100 ms a password. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const keyBytes = 32

/** Hashes a password for the database: `scrypt$<log2 N>$<salt>$<key>`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await deriveKey(password, salt)
  return ['scrypt', Math.log2(cost.N), salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Tells whether a password is the hashed one; takes as long for a wrong one. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, , salt = '', key = ''] = hash.split('$')
  const derived = await deriveKey(password, Buffer.from(salt, 'base64url'))
  const stored = Buffer.from(key, 'base64url')
  return stored.length === derived.length && timingSafeEqual(stored, derived)
}

function deriveKey(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
