'use client'

import { useTranslations } from 'use-intl'
import type { PacingView } from '@/app/api/dashboard/views/pacing'
import { useDurationText } from '@/components/ui/use-duration-text'

/** How many messages wait and how long that takes at this pace; only how many while nothing moves. */
export function LineLength({ pacing, isMoving }: { pacing: PacingView; isMoving: boolean }) {
  const t = useTranslations('pacing')
  const durationText = useDurationText()
  const { waitingCount: count, ratePerMinute, restsUntil } = pacing
  const isTimed = isMoving && count > 0 && ratePerMinute > 0 && restsUntil === null
  const text = isTimed
    ? t('lineCount', { count, duration: durationText((count * 60_000) / ratePerMinute) })
    : count > 0
      ? t('lineCountNow', { count })
      : t('lineHint')
  return <p className="mt-0.5 text-sm text-muted tabular-nums">{text}</p>
}
