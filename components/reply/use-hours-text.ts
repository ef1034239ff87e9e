import { useCallback } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { RuleFields } from '@/lib/rule/rule-fields'

/** A Monday. */
const monday = Date.UTC(2024, 0, 1)

/** Returns the words for opening hours: days, times, and whether they are meant or their opposite. */
export function useHoursText() {
  const t = useTranslations('reply')
  const format = useFormatter()
  return useCallback(
    ({ days, from, to, isOutside }: NonNullable<RuleFields['openingHours']>) => {
      const weekday = (day: number) =>
        format.dateTime(monday + (day - 1) * 86_400_000, { weekday: 'short', timeZone: 'UTC' })
      const list = format.list(days.map(weekday), { type: 'unit', style: 'narrow' })
      return t(isOutside ? 'scopeOutside' : 'scopeHours', { days: list, from, to })
    },
    [t, format],
  )
}
