const jitter = 0.15

/**
 * When the next message may go out after one that went out at `lastSentAtMs`: the even distance of the rate, ± 15 %,
 * because a beat like a clock's draws WeChat's attention. Rate 0 = at once. `random` is in [0, 1).
 */
export function nextSendAtMs(lastSentAtMs: number, ratePerMinute: number, random: number): number {
  if (ratePerMinute <= 0) return lastSentAtMs
  return lastSentAtMs + (60_000 / ratePerMinute) * (1 + jitter * (2 * random - 1))
}
