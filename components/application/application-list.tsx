'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { applicationFilters, applicationsQuery } from '@/components/queries/queries'
import { DataTable } from '@/components/table/data-table'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { useListState } from '@/components/table/use-list-state'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { CreateApplicationSheet } from './create-application-sheet'
import { useApplicationColumns } from './use-application-columns'

const states = ['enabled', 'disabled'] as const

export function ApplicationList() {
  const t = useTranslations('application')
  const canChange = useCanChange()
  const list = useListState(applicationFilters)
  const query = useQuery(applicationsQuery(list.params))
  const columns = useApplicationColumns()
  const [isCreating, setCreating] = useState(false)
  const create = canChange && (
    <Button look="primary" onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('title')} action={create}>
        {t('intro')}
      </PageHeader>
      <ListFilters list={list} searchLabel={t('search')}>
        <SelectFilter
          list={list}
          name="state"
          label={t('stateFilter')}
          all={t('allStates')}
          choices={states.map((value) => ({ value, text: t(value) }))}
        />
      </ListFilters>
      <DataTable
        caption={t('title')}
        columns={columns}
        query={query}
        list={list}
        noMatch={t('noMatch')}
        empty={
          <EmptyState title={t('emptyTitle')} action={create}>
            {t('emptyHint')}
          </EmptyState>
        }
      />
      <CreateApplicationSheet isOpen={isCreating} onOpenChange={setCreating} />
    </>
  )
}
