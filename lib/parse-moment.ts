const latestMs = Date.UTC(9999, 11, 31)

/** Parses ISO 8601 into a moment that Postgres takes as we write it: what is before 1970 or after 9999 becomes the nearest that is not. */
export function parseMoment(text: string): Date {
  return new Date(Math.min(latestMs, Math.max(0, Date.parse(text))))
}
