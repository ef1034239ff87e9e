'use client'

import { useTranslations } from 'use-intl'
import { useClock } from '@/components/ui/use-clock'

/** How long a lock still lasts, minutes and seconds; screen readers hear the minutes once. */
export function LockCountdown({ untilMs }: { untilMs: number }) {
  const t = useTranslations('signIn')
  const seconds = Math.max(0, Math.ceil((untilMs - useClock()) / 1000))
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <>
      <span className="sr-only">{t('minutesLeft', { minutes: Math.ceil(seconds / 60) })}</span>
      <span aria-hidden className="mt-1 block text-lg font-medium tabular-nums">
        {text}
      </span>
    </>
  )
}
