'use client'

import { useFormatter } from 'use-intl'
import { useClock } from './use-clock'

/** A moment as how long ago, with the exact time in the viewer's zone on hover. */
export function RelativeTime({ at }: { at: string }) {
  const format = useFormatter()
  const now = useClock()
  const date = new Date(at)
  const exact = format.dateTime(date, { dateStyle: 'medium', timeStyle: 'medium' })
  // Server's and viewer's clocks differ a little; seconds would only flicker.
  const ageMs = Math.abs(now - date.getTime())
  const shown = ageMs < 10_000 ? now : date
  return (
    <time dateTime={at} title={exact} className="whitespace-nowrap">
      {format.relativeTime(shown, now)}
    </time>
  )
}
