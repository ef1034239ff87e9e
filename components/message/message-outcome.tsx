'use client'

import { useTranslations } from 'use-intl'
import type { MessageView } from '@/app/api/dashboard/views/messages'
import { useErrorText } from '@/components/queries/use-error-text'
import { DashboardError } from '@/components/queries/call-dashboard'

/** Why a message was not sent, or that nobody knows, and what to do then; nothing where all is well. */
export function MessageOutcome({ message }: { message: MessageView }) {
  const t = useTranslations('message')
  const describe = useErrorText()
  const { state, errorCode, errorMessage } = message
  if (state === 'unknown') return <p className="mt-1 text-sm text-warn">{t('unknownHint')}</p>
  if (!errorCode || (state !== 'refused' && state !== 'cancelled')) return null
  return (
    <p className={state === 'refused' ? 'mt-1 text-sm text-bad' : 'mt-1 text-sm text-muted'}>
      {describe(new DashboardError(errorCode, errorMessage ?? '', null))}
    </p>
  )
}
