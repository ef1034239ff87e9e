'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { StateFilter } from '@/components/state/state-filter'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { TimeFilter } from '@/components/table/time-filter'
import type { ListState } from '@/components/table/use-list-state'

const directions = ['in', 'out'] as const
/** The filters of a message list; `children` come first. */
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
      <StateFilter list={list} kind="message" without={['received']} />
      <TimeFilter list={list} />
    </ListFilters>
  )
}
