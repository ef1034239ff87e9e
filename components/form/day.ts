/** Returns the end of the day of a date field in the viewer's time zone; null: the field is empty. */
export function endOfDay(day: string): string | null {
  return day ? new Date(`${day}T23:59:59.999`).toISOString() : null
}

/** Formats a timestamp for a date field in the viewer's time zone; "": null or invalid. */
export function dayOf(timestamp: string | null): string {
  const date = new Date(timestamp ?? '')
  if (Number.isNaN(date.getTime())) return ''
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
