'use client'

import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { maxCounted, pageSize } from '@/lib/paging'

type Props = { page: number; rowCount: number; total: number; onPage: (page: number) => void }

/** Shows the range of the current rows, their total, and the links to other pages. */
export function Pager({ page, rowCount, total, onPage }: Props) {
  const t = useTranslations('table')
  const first = (page - 1) * pageSize + 1
  const last = first + rowCount - 1
  const shown = { first, last, total: Math.min(total, maxCounted) }
  if (page === 1 && total <= rowCount)
    return <p className="mt-2.5 text-sm text-muted tabular-nums">{t('all', { total })}</p>
  return (
    <nav aria-label={t('pages')} className="mt-2.5 flex flex-wrap items-center justify-between gap-2">
      <p aria-live="polite" className="text-sm text-muted tabular-nums">
        {rowCount === 0 ? t('beyond', { page }) : total > maxCounted ? t('someOfMany', shown) : t('some', shown)}
      </p>
      <div className="flex gap-1.5">
        {page > 2 && (
          <Button variant="quiet" onClick={() => onPage(1)}>
            {t('firstPage')}
          </Button>
        )}
        <Button disabled={page === 1} onClick={() => onPage(page - 1)}>
          <ChevronLeft size={15} aria-hidden />
          {t('previous')}
        </Button>
        <Button disabled={last >= total || rowCount < pageSize} onClick={() => onPage(page + 1)}>
          {t('next')}
          <ChevronRight size={15} aria-hidden />
        </Button>
      </div>
    </nav>
  )
}
