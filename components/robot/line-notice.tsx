'use client'

import { useTranslations } from 'use-intl'
import type { PacingView } from '@/app/api/dashboard/views/pacing'
import type { RobotView } from '@/app/api/dashboard/views/robots'
import { useClock } from '@/components/ui/use-clock'
import { useDurationText } from '@/components/ui/use-duration-text'

/** How long the line will take, or what holds it up. */
export function LineNotice({ pacing, status }: { pacing: PacingView; status: RobotView['status'] | undefined }) {
  const t = useTranslations('pacing')
  const durationText = useDurationText()
  const now = useClock()
  const { waitingCount, ratePerMinute, restsUntil } = pacing
  const restMs = restsUntil ? Date.parse(restsUntil) - now : 0
  const held =
    restMs > 0
      ? t('rests', { duration: durationText(restMs) })
      : status === 'reconnecting'
        ? t('reconnecting')
        : status && status !== 'online'
          ? t('offline')
          : null
  const duration = ratePerMinute > 0 && durationText((waitingCount * 60_000) / ratePerMinute)
  return (
    <div className="mb-4 flex flex-col gap-2 empty:hidden">
      {held && <output className="rounded bg-warn-soft px-3 py-2 text-warn">{held}</output>}
      {waitingCount > 0 && (
        <p className="tabular-nums">
          {duration ? t('lineCount', { count: waitingCount, duration }) : t('lineCountNow', { count: waitingCount })}
        </p>
      )}
    </div>
  )
}
