'use client'

import { useTranslations } from 'use-intl'
import { useNow } from '@/components/ui/use-now'

/** The remaining time of a lock; screen readers announce the minutes once. */
export function LockCountdown({ untilMs }: { untilMs: number }) {
  const t = useTranslations('signIn')
  const seconds = Math.max(0, Math.ceil((untilMs - useNow()) / 1000))
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
