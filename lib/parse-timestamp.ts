const maxMs = Date.UTC(9999, 11, 31)

/** Parses ISO 8601 and clamps the result to 1970–9999, the range that is stored in Postgres without loss. */
export function parseTimestamp(text: string): Date {
  return new Date(Math.min(maxMs, Math.max(0, Date.parse(text))))
}
