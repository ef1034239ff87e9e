import { AppError } from '@/lib/errors'

export type TokenLimiter = { take(caller: { tokenId: string; rateLimitPerMinute: number }, nowMs: number): void }

/**
 * Makes a limiter that lets each token through so many times a minute, counted from its first call; `0` = always.
 * It counts in this process alone: with several web processes each lets the whole number through. Spec: A3.
 */
export function createTokenLimiter(): TokenLimiter {
  const windows = new Map<string, { endsAtMs: number; count: number }>()
  return {
    take({ tokenId, rateLimitPerMinute }, nowMs) {
      if (rateLimitPerMinute === 0) return
      let window = windows.get(tokenId)
      if (!window || window.endsAtMs <= nowMs) {
        window = { endsAtMs: nowMs + 60_000, count: 0 }
        windows.set(tokenId, window)
      }
      if (++window.count <= rateLimitPerMinute) return
      const retryAfterSeconds = Math.ceil((window.endsAtMs - nowMs) / 1000)
      throw new AppError('RATE_LIMITED', '请求太频繁，请稍后重试', { retryAfterSeconds })
    },
  }
}
