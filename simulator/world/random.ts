import { randomBytes } from 'node:crypto'

export function randomHex(sizeBytes: number): string {
  return randomBytes(sizeBytes).toString('hex')
}

/** Returns a message id in WeChat's format: 19 decimal digits. */
export function randomMessageId(): string {
  const span = 8_000_000_000_000_000_000n
  return String(1_000_000_000_000_000_000n + (randomBytes(8).readBigUInt64BE() % span))
}
