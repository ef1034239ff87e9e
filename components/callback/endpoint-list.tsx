'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { endpointFilters, endpointHealthQuery } from '@/components/queries/callback-queries'
import { StateFilter } from '@/components/state/state-filter'
import { ListFilters } from '@/components/table/list-filters'
import { ListPage } from '@/components/table/list-page'
import { useListState } from '@/components/table/use-list-state'
import { ButtonLink } from '@/components/ui/button'
import { CallbackTabs } from '@/components/callback/callback-tabs'
import { useEndpointColumns } from '@/components/callback/use-endpoint-columns'

/** Lists the endpoints of all applications with their health, failing ones first. */
export function EndpointList() {
  const t = useTranslations('endpoint')
  const callback = useTranslations('callback')
  const list = useListState(endpointFilters)
  const query = useQuery(endpointHealthQuery(list.params))
  const columns = useEndpointColumns()
  return (
    <ListPage
      title={callback('title')}
      intro={t('listIntro')}
      filters={
        <ListFilters list={list} searchLabel={t('search')}>
          <StateFilter list={list} kind="endpoint" without={['disabled', 'none']} />
        </ListFilters>
      }
      caption={callback('tab.endpoints')}
      columns={columns}
      query={query}
      list={list}
      noMatch={t('noMatch')}
      empty={{
        title: t('emptyTitle'),
        hint: t('emptyHint'),
        action: <ButtonLink href="/dashboard/applications">{t('seeApplications')}</ButtonLink>,
      }}
    >
      <CallbackTabs />
    </ListPage>
  )
}
