'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { endpointFilters, endpointHealthQuery } from '@/components/queries/callback-queries'
import { DataTable } from '@/components/table/data-table'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { useListState } from '@/components/table/use-list-state'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { CallbackTabs } from './callback-tabs'
import { useEndpointColumns } from './use-endpoint-columns'

const states = ['paused', 'failing', 'held', 'shaky', 'healthy'] as const

/** Every application's endpoint with how it fares, those in trouble first. */
export function EndpointList() {
  const t = useTranslations('endpoint')
  const callback = useTranslations('callback')
  const list = useListState(endpointFilters)
  const query = useQuery(endpointHealthQuery(list.params))
  const columns = useEndpointColumns()
  return (
    <>
      <PageHeader title={callback('title')}>{t('listIntro')}</PageHeader>
      <CallbackTabs />
      <ListFilters list={list} searchLabel={t('search')}>
        <SelectFilter
          list={list}
          name="state"
          label={t('stateFilter')}
          all={t('allStates')}
          choices={states.map((value) => ({ value, text: t(`standing.${value}`) }))}
        />
      </ListFilters>
      <DataTable
        caption={callback('tab.endpoints')}
        columns={columns}
        query={query}
        list={list}
        noMatch={t('noMatch')}
        empty={
          <EmptyState
            title={t('emptyTitle')}
            action={<ButtonLink href="/dashboard/applications">{t('seeApplications')}</ButtonLink>}
          >
            {t('emptyHint')}
          </EmptyState>
        }
      />
    </>
  )
}
