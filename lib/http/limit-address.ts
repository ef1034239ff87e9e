import { AppError } from '@/lib/errors'
import type { Limiter } from '@/lib/queue/limiter'
import { peerAddress } from './peer-address'

/**
 * Counts a request against what one address may ask of one kind of page in a minute; `weight` counts it several times over.
 * @throws RATE_LIMITED with the seconds to wait. Spec: B1, B5.
 */
export async function limitAddress(
  limiter: Limiter,
  request: { headers: Headers },
  { purpose, perMinute, weight = 1 }: { purpose: string; perMinute: number; weight?: number },
): Promise<void> {
  const key = `${purpose} ${peerAddress(request) || 'unknown'}`
  for (let count = 0; count < weight; count++) {
    const turn = await limiter.take(key, perMinute)
    if (turn.isAllowed) continue
    const retryAfterSeconds = Math.max(1, Math.ceil(turn.retryAfterMs / 1000))
    throw new AppError('RATE_LIMITED', '访问太频繁，请稍后再试', { retryAfterSeconds })
  }
}
