'use client'

import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import clsx from 'clsx'
import { type ReactNode, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { SearchField } from '@/components/ui/search-field'
import type { ListState } from '@/components/table/use-list-state'

type Props = { list: ListState; searchLabel?: string; children?: ReactNode }

/** The bar above a table: search, filters (on a phone behind a button), and a button that clears them all. */
export function ListFilters({ list, searchLabel, children }: Props) {
  const t = useTranslations('table')
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <div className="flex gap-2 max-sm:w-full sm:contents">
        {searchLabel && <SearchField label={searchLabel} value={list.get('q')} onChange={(q) => list.set({ q })} />}
        {children && (
          <Button aria-expanded={isOpen} aria-controls={id} className="sm:hidden" onClick={() => setOpen(!isOpen)}>
            <SlidersHorizontal size={15} aria-hidden />
            {t('filters', { count: list.filterCount })}
          </Button>
        )}
      </div>
      <div
        id={id}
        className={clsx(
          'grid w-full grid-cols-2 gap-2 max-sm:*:w-full max-sm:*:max-w-full max-sm:*:min-w-0 sm:contents',
          !isOpen && 'max-sm:hidden',
        )}
      >
        {children}
      </div>
      {list.isFiltered && (
        <Button variant="quiet" onClick={list.clear}>
          {t('clear')}
        </Button>
      )}
    </div>
  )
}
