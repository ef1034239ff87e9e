import { AppError } from '@/lib/errors'
import { networkOf } from '@/lib/networks'
import type { Limiter, LimitResult } from '@/lib/queue/limiter'
import { peerAddress } from '@/lib/http/peer-address'

type Rate = { purpose: string; perMinute: number }

/**
 * Counts a request against the limit per minute of its address (IPv6: its /64) and purpose; `weight` counts it several times.
 * @throws RATE_LIMITED with the seconds to wait. Spec: B1 (responses and errors), B5 (link).
 */
export async function limitAddress(
  limiter: Limiter,
  request: { headers: Headers },
  { weight = 1, ...rate }: Rate & { weight?: number },
): Promise<void> {
  for (let count = 0; count < weight; count++) throwIfLimited(await limiter.take(keyOf(request, rate), rate.perMinute))
}

/** Counts a use of a secret link, by the hash of its key, against its limit per minute. @throws RATE_LIMITED with the seconds to wait. */
export async function limitLink(limiter: Limiter, { purpose, perMinute }: Rate, keyHash: string): Promise<void> {
  throwIfLimited(await limiter.take(`${purpose} ${keyHash}`, perMinute))
}

/** Throws like `limitAddress` if the limit of the address is reached, without counting the request. */
export async function checkAddressLimit(limiter: Limiter, request: { headers: Headers }, rate: Rate): Promise<void> {
  throwIfLimited(await limiter.peek(keyOf(request, rate), rate.perMinute))
}

function keyOf(request: { headers: Headers }, { purpose }: Rate): string {
  return `${purpose} ${networkOf(peerAddress(request)) || 'unknown'}`
}

function throwIfLimited(result: LimitResult): void {
  if (result.isAllowed) return
  const retryAfterSeconds = Math.max(1, Math.ceil(result.retryAfterMs / 1000))
  throw new AppError('RATE_LIMITED', { reason: 'address_rate_limited', retryAfterSeconds })
}

/**
 * Counts a call against the limit of its token, across all web processes. A limit of 0 counts nothing.
 * @throws RATE_LIMITED with the seconds to wait. Spec: A3 (access token).
 */
export async function limitToken(
  limiter: Limiter,
  { tokenId, rateLimitPerMinute }: { tokenId: string; rateLimitPerMinute: number },
): Promise<void> {
  if (rateLimitPerMinute === 0) return
  const result = await limiter.take(tokenId, rateLimitPerMinute)
  if (result.isAllowed) return
  const retryAfterSeconds = Math.max(1, Math.ceil(result.retryAfterMs / 1000))
  throw new AppError('RATE_LIMITED', {
    reason: 'token_rate_limited',
    params: { max: rateLimitPerMinute },
    retryAfterSeconds,
  })
}
