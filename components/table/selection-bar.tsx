'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'

type Props = { count: number; onClear: () => void; children: ReactNode }

/** Shows the actions for the selected rows, and stays in view while any row is selected. */
export function SelectionBar({ count, onClear, children }: Props) {
  const t = useTranslations('table')
  if (count === 0) return null
  return (
    <section
      aria-label={t('selection')}
      className="animate-appear sticky bottom-20 z-20 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg border border-subtle bg-surface px-3 py-2 shadow-raised md:bottom-4"
    >
      <output className="mr-1 text-sm tabular-nums">{t('selected', { count })}</output>
      {children}
      <Button variant="quiet" onClick={onClear}>
        {t('clearSelection')}
      </Button>
    </section>
  )
}
