const maxSeconds = 3600

/** Reads a Retry-After header, seconds or a date, as seconds from now: at most an hour, 0 for none or nonsense. */
export function readRetryAfter(header: string | string[] | undefined, nowMs: number): number {
  if (typeof header !== 'string') return 0
  const text = header.trim()
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - nowMs) / 1000
  return seconds > 0 ? Math.min(maxSeconds, seconds) : 0
}
