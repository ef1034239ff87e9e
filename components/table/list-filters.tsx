'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { SearchField } from '@/components/ui/search-field'
import type { ListState } from './use-list-state'

type Props = { list: ListState; searchLabel?: string; children?: ReactNode }

/** The line over a table: search, its filters, and one press that takes them all away. */
export function ListFilters({ list, searchLabel, children }: Props) {
  const t = useTranslations('table')
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      {searchLabel && <SearchField label={searchLabel} value={list.get('q')} onChange={(q) => list.set({ q })} />}
      {children}
      {list.isFiltered && (
        <Button look="quiet" onClick={list.clear}>
          {t('clear')}
        </Button>
      )}
    </div>
  )
}
