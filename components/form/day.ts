/** The last moment of a day of a date field, in the viewer's own zone; the day named is its last. null = none named. */
export function endOfDay(day: string): string | null {
  return day ? new Date(`${day}T23:59:59.999`).toISOString() : null
}

/** The day of a moment in the viewer's own zone, as a date field has it; "" = none, or no moment. */
export function dayOf(moment: string | null): string {
  const date = new Date(moment ?? '')
  if (Number.isNaN(date.getTime())) return ''
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
