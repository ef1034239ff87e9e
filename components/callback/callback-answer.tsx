'use client'

import { useTranslations } from 'use-intl'
import type { AttemptView } from '@/app/api/dashboard/views/callbacks'

/** What the endpoint answered, in a line: status, what was wrong, how long it took. */
export function CallbackAnswer({ attempt }: { attempt: AttemptView }) {
  const t = useTranslations('callback')
  const status = attempt.httpStatus ? `HTTP ${attempt.httpStatus}` : t('noAnswer')
  return (
    <>
      {status}
      {attempt.error && ` · ${attempt.error}`} · {t('took', { ms: attempt.durationMs })}
    </>
  )
}
