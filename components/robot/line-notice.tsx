'use client'

import { useTranslations } from 'use-intl'
import type { RobotView } from '@/app/api/dashboard/views/robots'
import { useClock } from '@/components/ui/use-clock'
import { useDurationText } from '@/components/ui/use-duration-text'

type Props = {
  /** Until when WeChat takes no messages; null = it does. */
  restsUntil: string | null
  status: RobotView['status'] | undefined
}

/** What holds the line up; nothing while it moves. */
export function LineNotice({ restsUntil, status }: Props) {
  const t = useTranslations('pacing')
  const durationText = useDurationText()
  const now = useClock()
  const restMs = restsUntil ? Date.parse(restsUntil) - now : 0
  return (
    <output className="mb-4 block rounded bg-warn-soft px-3 py-2 text-warn empty:hidden">
      {status === 'reconnecting'
        ? t('reconnecting')
        : status && status !== 'online'
          ? t('offline')
          : restMs > 0 && t('rests', { duration: durationText(restMs) })}
    </output>
  )
}
