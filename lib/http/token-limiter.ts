import { AppError } from '@/lib/errors'
import type { Limiter } from '@/lib/queue/limiter'

/**
 * Counts a call of a token against its limit, among all web processes; a limit of 0 counts nothing.
 * @throws RATE_LIMITED with the seconds to wait when the token's minute is used up. Spec: A3.
 */
export async function limitToken(
  limiter: Limiter,
  { tokenId, rateLimitPerMinute }: { tokenId: string; rateLimitPerMinute: number },
): Promise<void> {
  if (rateLimitPerMinute === 0) return
  const turn = await limiter.take(tokenId, rateLimitPerMinute)
  if (turn.isAllowed) return
  const retryAfterSeconds = Math.max(1, Math.ceil(turn.retryAfterMs / 1000))
  throw new AppError('RATE_LIMITED', `请求太频繁，每分钟最多 ${rateLimitPerMinute} 次，请稍后重试`, {
    retryAfterSeconds,
  })
}
