'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { applicationEndpointsQuery } from '@/components/queries/endpoint-queries'
import { ApplicationFilter } from '@/components/application/application-filter'
import { RobotFilter } from '@/components/robot/robot-filter'
import { StateFilter } from '@/components/state/state-filter'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { TimeFilter } from '@/components/table/time-filter'
import type { ListState } from '@/components/table/use-list-state'
import { sentEventTypes } from '@/lib/db/types'
import { useEventText } from '@/components/callback/use-event-text'

function EndpointFilter({ list, applicationId }: { list: ListState; applicationId: string }) {
  const t = useTranslations('callback')
  const { data = [] } = useQuery(applicationEndpointsQuery(applicationId))
  if (data.length < 2 && !list.get('endpoint')) return null
  return (
    <SelectFilter
      list={list}
      name="endpoint"
      label={t('endpointFilter')}
      all={t('allEndpoints')}
      choices={data.map(({ endpointId, endpointName }) => ({
        value: endpointId ?? 'default',
        text: endpointName ?? t('defaultEndpoint'),
      }))}
    />
  )
}

/** Filters callbacks; the filters are in the URL. */
export function CallbackFilters({ list }: { list: ListState }) {
  const t = useTranslations('callback')
  const describe = useEventText()
  return (
    <ListFilters list={list} searchLabel={t('search')}>
      <StateFilter list={list} kind="event" />
      <TimeFilter list={list} />
      <ApplicationFilter list={list} />
      {list.get('application') && <EndpointFilter list={list} applicationId={list.get('application')} />}
      <RobotFilter list={list} />
      <SelectFilter
        list={list}
        name="type"
        label={t('typeFilter')}
        all={t('allTypes')}
        choices={sentEventTypes.map((value) => ({ value, text: describe(value) }))}
      />
    </ListFilters>
  )
}
