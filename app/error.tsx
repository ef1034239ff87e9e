'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'

export default function RootError({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations('common')
  return (
    <main role="alert" className="mx-auto max-w-md px-4 py-24 text-center">
      <h1 className="text-xl font-semibold">{t('pageFailed')}</h1>
      <p className="mt-2 text-muted">{t('pageFailedHint')}</p>
      <Button className="mt-6" onClick={reset}>
        {t('retry')}
      </Button>
    </main>
  )
}
