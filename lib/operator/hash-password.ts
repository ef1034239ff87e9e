import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { createSemaphore } from '@/lib/semaphore'

type Cost = { logN: number; r: number; p: number }

/** OWASP's recommendation for scrypt: 128 MiB and about 400 ms per password. */
const current: Cost = { logN: 17, r: 8, p: 1 }
const keyBytes = 32

/** Two concurrent derivations use 256 MiB and half of Node's thread pool. With 20 waiting requests, the last one waits about 5 s. */
const derivations = createSemaphore({ maxRunning: 2, maxWaiting: 20 })

/** `isUrgent`: a known device or address is served before unknown ones. */
type Priority = { isUrgent?: boolean }

/** Hashes a password in the PHC format: `$scrypt$ln=17,r=8,p=1$<salt>$<key>`. @throws RATE_LIMITED when too many wait. */
export async function hashPassword(password: string, priority: Priority = {}): Promise<string> {
  const salt = randomBytes(16)
  const key = await deriveKey(password, salt, current, priority)
  const { logN, r, p } = current
  return `$scrypt$ln=${logN},r=${r},p=${p}$${toText(salt)}$${toText(key)}`
}

/**
 * Checks a password against a hash. `isOutdated`: the hash has a lower cost than `current`. A wrong password takes the same time
 * for every cost. @throws RATE_LIMITED when too many wait.
 */
export async function checkHash(
  password: string,
  hash: string,
  priority: Priority = {},
): Promise<{ isRight: boolean; isOutdated: boolean }> {
  const { cost, salt, key } = parseHash(hash)
  const derived = await deriveKey(password, salt, cost, priority)
  const isRight = key.length === derived.length && timingSafeEqual(key, derived)
  // Each step doubles the cost, so the additional derivations add up to the missing cost.
  if (!isRight)
    for (let logN = cost.logN; logN < current.logN; logN++)
      await deriveKey(password, salt, { ...current, logN }, priority)
  return { isRight, isOutdated: cost.logN < current.logN || cost.r < current.r || cost.p < current.p }
}

/** Parses a hash; earlier versions stored `scrypt$<log2 N>$<salt>$<key>` with r=8, p=1. */
function parseHash(hash: string): { cost: Cost; salt: Buffer; key: Buffer } {
  const known =
    /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash) ??
    /^scrypt\$(\d+)\$(?<r>)(?<p>)([^$]+)\$([^$]+)$/.exec(hash)
  const [, logN, r, p, salt = '', key = ''] = known ?? []
  const cost = { logN: Number(logN), r: Number(r || 8), p: Number(p || 1) }
  // Bounds for a tampered row, which must not exhaust the memory.
  if (!known || cost.logN < 1 || cost.logN > 20 || cost.r < 1 || cost.r > 16 || cost.p < 1 || cost.p > 16)
    throw new Error('the password hash of an operator cannot be read')
  return { cost, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') }
}

const toText = (bytes: Buffer) => bytes.toString('base64url')

function deriveKey(password: string, salt: Buffer, { logN, r, p }: Cost, priority: Priority): Promise<Buffer> {
  const options = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r }
  return derivations.run(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize('NFC'), salt, keyBytes, options, (error, key) =>
          error ? reject(error) : resolve(key),
        )
      }),
    priority,
  )
}
