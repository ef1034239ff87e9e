'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ApplicationFilter } from '@/components/application/application-filter'
import { robotFilters, robotsQuery } from '@/components/queries/queries'
import { StateFilter } from '@/components/state/state-filter'
import { ListFilters } from '@/components/table/list-filters'
import { ListPage } from '@/components/table/list-page'
import { useListState } from '@/components/table/use-list-state'
import { CreateRobotSheet } from '@/components/robot/create-robot-sheet'
import { useRobotColumns } from '@/components/robot/use-robot-columns'

export function RobotList() {
  const t = useTranslations('robot')
  const list = useListState(robotFilters)
  const query = useQuery(robotsQuery(list.params))
  const columns = useRobotColumns()
  return (
    <ListPage
      title={t('title')}
      intro={t('intro')}
      create={{ text: t('create'), Sheet: CreateRobotSheet }}
      filters={
        <ListFilters list={list} searchLabel={t('search')}>
          <StateFilter list={list} kind="robot" without={['starting']} />
          <ApplicationFilter list={list} />
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
