import type { OpeningHours } from '@/lib/db/types'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const minutesPerDay = 24 * 60

/** Returns whether a rule with these hours replies at `nowMs`. A range that ends at or before its start ends on the next day. */
export function isWithinHours(hours: OpeningHours, nowMs: number): boolean {
  const { day, minute } = localTime(hours.timeZone, nowMs)
  const [from, to] = [minuteOf(hours.from), minuteOf(hours.to)]
  const lengthMinutes = (to - from + minutesPerDay) % minutesPerDay || minutesPerDay
  const isInside = hours.days.some((start) => {
    const sinceStart = ((day - start + 7) % 7) * minutesPerDay + minute - from
    return sinceStart >= 0 && sinceStart < lengthMinutes
  })
  return isInside !== hours.isOutside
}

/** `day`: 1 is Monday; `minute`: since midnight. */
function localTime(timeZone: string, nowMs: number): { day: number; minute: number } {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const parts = Object.fromEntries(format.formatToParts(nowMs).map(({ type, value }) => [type, value]))
  const day = 1 + weekdays.indexOf(parts['weekday'] ?? '')
  return { day, minute: Number(parts['hour']) * 60 + Number(parts['minute']) }
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
