'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { applicationFilters, applicationsQuery } from '@/components/queries/queries'
import { StateFilter } from '@/components/state/state-filter'
import { ListFilters } from '@/components/table/list-filters'
import { ListPage } from '@/components/table/list-page'
import { useListState } from '@/components/table/use-list-state'
import { CreateApplicationSheet } from '@/components/application/create-application-sheet'
import { useApplicationColumns } from '@/components/application/use-application-columns'

export function ApplicationList() {
  const t = useTranslations('application')
  const list = useListState(applicationFilters)
  const query = useQuery(applicationsQuery(list.params))
  const columns = useApplicationColumns()
  return (
    <ListPage
      title={t('title')}
      intro={t('intro')}
      create={{ text: t('create'), Sheet: CreateApplicationSheet }}
      filters={
        <ListFilters list={list} searchLabel={t('search')}>
          <StateFilter list={list} kind="application" />
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
