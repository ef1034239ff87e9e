'use client'

import { useFormatter } from 'use-intl'
import { useClock } from './use-clock'
import { useKept } from './use-kept'

/** How all moments are shown: as how long ago, or exactly, which needs no pointer that hovers. */
export const timeLooks = ['relative', 'exact'] as const

/** A moment as how long ago, or exactly, as this viewer likes; the other on hover. In the viewer's zone. */
export function RelativeTime({ at }: { at: string }) {
  const format = useFormatter()
  const now = useClock()
  const look = useKept('times', timeLooks)
  const date = new Date(at)
  const exact = format.dateTime(date, { dateStyle: 'medium', timeStyle: 'medium' })
  // Server's and viewer's clocks differ a little; seconds would only flicker.
  const ageMs = Math.abs(now - date.getTime())
  const relative = format.relativeTime(ageMs < 10_000 ? now : date, now)
  const isExact = look === 'exact'
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
