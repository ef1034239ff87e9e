'use client'

import { useTranslations } from 'use-intl'
import { ApplicationFilter } from '@/components/application/application-filter'
import { RobotFilter } from '@/components/robot/robot-filter'
import { StateFilter } from '@/components/state/state-filter'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { TimeFilter } from '@/components/table/time-filter'
import type { ListState } from '@/components/table/use-list-state'
import { sentEventTypes } from '@/lib/db/types'
import { useEventText } from '@/components/callback/use-event-text'

/** Filters callbacks; the filters are in the URL. */
export function CallbackFilters({ list }: { list: ListState }) {
  const t = useTranslations('callback')
  const describe = useEventText()
  return (
    <ListFilters list={list} searchLabel={t('search')}>
      <StateFilter list={list} kind="event" />
      <TimeFilter list={list} />
      <ApplicationFilter list={list} />
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
