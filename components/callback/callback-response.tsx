'use client'

import { useTranslations } from 'use-intl'
import type { AttemptView } from '@/lib/dashboard/callback/list'
import { useSentenceText } from '@/components/queries/use-sentence-text'

/** The response of the endpoint in one line: status, error, duration. */
export function CallbackResponse({ attempt }: { attempt: AttemptView }) {
  const t = useTranslations('callback')
  const say = useSentenceText()
  const status = attempt.httpStatus ? `HTTP ${attempt.httpStatus}` : t('noResponse')
  // This error repeats the status.
  const isBare = typeof attempt.error !== 'string' && attempt.error.reason === 'http_status'
  const error = isBare ? '' : say(attempt.error)
  return (
    <>
      {status}
      {error && ` · ${error}`} · {t('took', { ms: attempt.durationMs })}
    </>
  )
}
