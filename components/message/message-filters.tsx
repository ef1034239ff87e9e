'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { TimeFilter } from '@/components/table/time-filter'
import type { ListState } from '@/components/table/use-list-state'

const directions = ['in', 'out'] as const
const states = ['queued', 'sending', 'sent', 'failed', 'refused', 'unknown', 'cancelled'] as const

/** What messages can be narrowed down by; `children` come first. */
export function MessageFilters({ list, children }: { list: ListState; children: ReactNode }) {
  const t = useTranslations('message')
  return (
    <ListFilters list={list} searchLabel={t('search')}>
      {children}
      <SelectFilter
        list={list}
        name="direction"
        label={t('directionFilter')}
        all={t('allDirections')}
        choices={directions.map((value) => ({ value, text: t(`direction.${value}`) }))}
      />
      <SelectFilter
        list={list}
        name="state"
        label={t('stateFilter')}
        all={t('allStates')}
        choices={states.map((value) => ({ value, text: value === 'failed' ? t('failed') : t(`state.${value}`) }))}
      />
      <TimeFilter list={list} />
    </ListFilters>
  )
}
