'use client'

import { useTranslations } from 'use-intl'
import type { PacingView } from '@/lib/dashboard/robot/pacing'
import { useDurationText } from '@/components/ui/use-duration-text'

/** The length of the send queue and its duration at the current rate; only the length while sending is stopped. */
export function QueueLength({ pacing, isMoving }: { pacing: PacingView; isMoving: boolean }) {
  const t = useTranslations('pacing')
  const durationText = useDurationText()
  const { waitingCount: count, ratePerMinute, cooldownUntil } = pacing
  const isTimed = isMoving && count > 0 && ratePerMinute > 0 && cooldownUntil === null
  const text = isTimed
    ? t('queueCount', { count, duration: durationText((count * 60_000) / ratePerMinute) })
    : count > 0
      ? t('queueCountNow', { count })
      : t('queueHint')
  return <p className="mt-0.5 text-sm text-muted tabular-nums">{text}</p>
}
