'use client'

import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'

/** Replaces a page that the server failed to render; the shell remains. */
export default function ShellError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('common')
  useEffect(() => console.error(error), [error])
  return (
    <div role="alert" className="rounded-lg border border-bad/40 bg-bad-soft p-6">
      <h1 className="text-lg font-medium text-bad">{t('pageFailed')}</h1>
      <p className="mt-1">{t('pageFailedHint')}</p>
      <div className="mt-4 flex items-center gap-3">
        <Button onClick={reset}>{t('retry')}</Button>
        {error.digest && <span className="font-mono text-xs text-muted">{t('requestId', { id: error.digest })}</span>}
      </div>
    </div>
  )
}
