/** The last moment of a day of a date field, in the operator's own zone; the day named is its last. null = none named. */
export function endOfDay(date: string): string | null {
  return date ? new Date(`${date}T23:59:59`).toISOString() : null
}
