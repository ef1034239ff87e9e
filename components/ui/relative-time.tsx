'use client'

import { useFormatter } from 'use-intl'
import { useNow } from '@/components/ui/use-now'
import { usePersistedChoice } from '@/components/ui/use-persisted-choice'

/** The formats of times; "exact" needs no pointer that hovers. */
export const timeFormats = ['relative', 'exact'] as const

/** A time in the viewer's format and time zone; the other format is the tooltip. */
export function RelativeTime({ at }: { at: string }) {
  const format = useFormatter()
  const now = useNow()
  const choice = usePersistedChoice('times', timeFormats)
  const date = new Date(at)
  const exact = format.dateTime(date, { dateStyle: 'medium', timeStyle: 'medium' })
  // The clocks of server and viewer differ slightly; seconds would flicker.
  const ageMs = Math.abs(now - date.getTime())
  const relative = format.relativeTime(ageMs < 10_000 ? now : date, now)
  const isExact = choice === 'exact'
  return (
    <time
      dateTime={at}
      title={isExact ? relative : exact}
      className="whitespace-nowrap tabular-nums in-[tr]:relative in-[tr]:z-[1]"
    >
      {isExact ? exact : relative}
    </time>
  )
}
