/** A moment as the wire has it. */
export function moment(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
