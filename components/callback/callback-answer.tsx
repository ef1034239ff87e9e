'use client'

import { useTranslations } from 'use-intl'
import type { AttemptView } from '@/app/api/dashboard/views/callbacks'

/** What the endpoint answered, in a line: status, what was wrong, how long it took. */
export function CallbackAnswer({ attempt }: { attempt: AttemptView }) {
  const t = useTranslations('callback')
  const status = attempt.httpStatus ? `HTTP ${attempt.httpStatus}` : t('noAnswer')
  // Some errors say no more than the status does.
  const error = attempt.error === `返回 ${status}` ? '' : attempt.error
  return (
    <>
      {status}
      {error && ` · ${error}`} · {t('took', { ms: attempt.durationMs })}
    </>
  )
}
