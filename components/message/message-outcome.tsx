'use client'

import { useTranslations } from 'use-intl'
import type { MessageView } from '@/lib/dashboard/message/list'
import { useErrorText } from '@/components/queries/use-error-text'
import { DashboardError } from '@/components/queries/call-dashboard'

/** Explains why a message was not sent or that its outcome is unknown; renders nothing otherwise. */
export function MessageOutcome({ message }: { message: MessageView }) {
  const t = useTranslations('message')
  const describe = useErrorText()
  const { state, errorCode, failure } = message
  if (state === 'unknown') return <p className="mt-1 text-sm text-warn">{t('unknownHint')}</p>
  if (!errorCode || (state !== 'refused' && state !== 'cancelled')) return null
  return (
    <p className={state === 'refused' ? 'mt-1 text-sm text-bad' : 'mt-1 text-sm text-muted'}>
      {describe(new DashboardError({ code: errorCode, ...toError(failure) }))}
    </p>
  )
}

function toError(failure: MessageView['failure']) {
  return typeof failure === 'string' ? { message: failure } : { message: '', ...failure }
}
