'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { RobotFilter } from '@/components/robot/robot-filter'
import { DataTable } from '@/components/table/data-table'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { useListState } from '@/components/table/use-list-state'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { qunFilters, qunsQuery } from './qun-queries'
import { useQunColumns } from './use-qun-columns'

const statuses = ['pending_owner', 'pending_room', 'open', 'full', 'paused', 'closed'] as const

export function QunList() {
  const t = useTranslations('qun')
  const list = useListState(qunFilters)
  const query = useQuery(qunsQuery(list.params))
  const columns = useQunColumns()
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <ListFilters list={list} searchLabel={t('search')}>
        <SelectFilter
          list={list}
          name="state"
          label={t('stateFilter')}
          all={t('allStates')}
          choices={statuses.map((value) => ({ value, text: t(`status.${value}`) }))}
        />
        <RobotFilter list={list} />
      </ListFilters>
      <DataTable
        caption={t('title')}
        columns={columns}
        query={query}
        list={list}
        noMatch={t('noMatch')}
        empty={<EmptyState title={t('emptyTitle')}>{t('emptyHint')}</EmptyState>}
      />
    </>
  )
}
