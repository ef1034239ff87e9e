'use client'

import { useTranslations } from 'use-intl'
import { DashboardError } from '@/components/queries/call-dashboard'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'

/** Shows what failed, a retry button, and the request id from the log. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations('common')
  const describe = useErrorText()
  const requestId = error instanceof DashboardError ? error.requestId : null
  return (
    <div role="alert" className="rounded-lg border border-bad/40 bg-bad-soft px-5 py-4">
      <p className="font-medium text-bad">{t('loadFailed')}</p>
      <p className="mt-0.5">{describe(error)}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button onClick={onRetry}>{t('retry')}</Button>
        {requestId && <span className="font-mono text-xs text-muted">{t('requestId', { id: requestId })}</span>}
      </div>
    </div>
  )
}
