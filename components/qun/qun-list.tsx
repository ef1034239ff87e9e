'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { RobotFilter } from '@/components/robot/robot-filter'
import { StateFilter } from '@/components/state/state-filter'
import { ListFilters } from '@/components/table/list-filters'
import { ListPage } from '@/components/table/list-page'
import { useListState } from '@/components/table/use-list-state'
import { CreateQunSheet } from '@/components/qun/create-qun-sheet'
import { ImportQuns } from '@/components/qun/import-quns'
import { qunFilters, qunsQuery } from '@/components/qun/qun-queries'
import { useQunColumns } from '@/components/qun/use-qun-columns'

export function QunList() {
  const t = useTranslations('qun')
  const list = useListState(qunFilters)
  const query = useQuery(qunsQuery(list.params))
  const columns = useQunColumns()
  return (
    <ListPage
      title={t('title')}
      intro={t('intro')}
      secondary={<ImportQuns />}
      create={{ text: t('create'), Sheet: CreateQunSheet }}
      filters={
        <ListFilters list={list} searchLabel={t('search')}>
          <StateFilter list={list} kind="qun" />
          <RobotFilter list={list} />
        </ListFilters>
      }
      columns={columns}
      query={query}
      list={list}
      noMatch={t('noMatch')}
      empty={{ title: t('emptyTitle'), hint: t('emptyHint') }}
    />
  )
}
