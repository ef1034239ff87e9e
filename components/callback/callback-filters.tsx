'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { applicationNamesQuery } from '@/components/queries/queries'
import { RobotFilter } from '@/components/robot/robot-filter'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { TimeFilter } from '@/components/table/time-filter'
import type { ListState } from '@/components/table/use-list-state'
import { sentEventTypes } from '@/lib/db/types'
import { useEventText } from './use-event-text'

const states = ['pending', 'delivered', 'dead'] as const

/** Which callbacks are shown; kept in the address bar. */
export function CallbackFilters({ list }: { list: ListState }) {
  const t = useTranslations('callback')
  const describe = useEventText()
  const { data: applications = [] } = useQuery(applicationNamesQuery())
  return (
    <ListFilters list={list} searchLabel={t('search')}>
      <SelectFilter
        list={list}
        name="state"
        label={t('stateFilter')}
        all={t('allStates')}
        choices={states.map((value) => ({ value, text: t(`state.${value}`) }))}
      />
      <TimeFilter list={list} />
      <SelectFilter
        list={list}
        name="application"
        label={t('applicationFilter')}
        all={t('allApplications')}
        choices={applications.map(({ id, name }) => ({ value: id, text: name }))}
      />
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
