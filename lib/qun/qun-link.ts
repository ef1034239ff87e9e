import { customAlphabet } from 'nanoid'
import type { Sealer } from '@/lib/secret'
import { openOwnerKey } from '@/lib/qun/owner-key'
import type { QunView } from '@/lib/qun/qun-view'

const draw = customAlphabet('0123456789', 14)
const first = customAlphabet('123456789', 1)

/** Returns a random qun number of 15 digits, too many to enumerate. Spec: B5 (link). */
export function newQunNumber(): string {
  return first() + draw()
}

/** Returns the last path segment of a qun's link: base64url of its number. */
export function encodeQunNumber(number: string): string {
  return Buffer.from(number).toString('base64url')
}

/** Parses the last path segment of a link; null: not a qun number, so that no query is needed. */
export function parseQunNumber(tail: string): string | null {
  if (!/^[A-Za-z0-9_-]{20}$/.test(tail)) return null
  const number = Buffer.from(tail, 'base64url').toString('latin1')
  return /^[1-9]\d{14}$/.test(number) && encodeQunNumber(number) === tail ? number : null
}

/** Returns a qun's public link. Spec: B5 (link). */
export function joinLink(publicUrl: string, number: string): string {
  return `${publicUrl}/weiqun/${encodeQunNumber(number)}`
}

/** Returns the link of a qun's poster, which anyone may open. */
export function posterLink(publicUrl: string, number: string): string {
  return `${joinLink(publicUrl, number)}/poster`
}

/**
 * Returns a qun's public link and the owner's link, which shows the group code until the room exists.
 * Spec: B4 (POST /wxbot/qun), B5 (link).
 */
export function qunLink(
  { publicUrl, sealer }: { publicUrl: string; sealer: Sealer },
  qun: Pick<QunView, 'id' | 'number' | 'ownerKey'>,
) {
  const url = joinLink(publicUrl, qun.number)
  return { url, owner_url: `${url}?key=${openOwnerKey(sealer, qun)}` }
}
