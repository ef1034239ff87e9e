/** What a check of `doctor` found. A detail says what was found and, unless ok, what to do. */
export type Finding = { check: string; state: 'ok' | 'warning' | 'failed'; detail: string }
export type Outcome = Omit<Finding, 'check'>

export const ok = (detail: string) => ({ state: 'ok', detail }) as const
export const warning = (detail: string) => ({ state: 'warning', detail }) as const
export const failed = (detail: string) => ({ state: 'failed', detail }) as const

/** Returns the code or message of the innermost cause: `fetch` itself only states that it failed. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error) return reasonOf(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
