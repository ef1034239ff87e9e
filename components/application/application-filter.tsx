'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { applicationNamesQuery } from '@/components/queries/queries'
import { SelectFilter } from '@/components/table/select-filter'
import type { ListState } from '@/components/table/use-list-state'

/** The `application` filter of a list. */
export function ApplicationFilter({ list }: { list: ListState }) {
  const t = useTranslations('application')
  const { data: applications = [] } = useQuery(applicationNamesQuery())
  return (
    <SelectFilter
      list={list}
      name="application"
      label={t('filter')}
      all={t('allApplications')}
      choices={applications.map(({ id, name }) => ({ value: id, text: name }))}
    />
  )
}
