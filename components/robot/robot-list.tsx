'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { applicationNamesQuery, robotFilters, robotsQuery } from '@/components/queries/queries'
import { DataTable } from '@/components/table/data-table'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { useListState } from '@/components/table/use-list-state'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { CreateRobotSheet } from './create-robot-sheet'
import { robotStates } from './robot-states'
import { useRobotColumns } from './use-robot-columns'

export function RobotList() {
  const t = useTranslations('robot')
  const canChange = useCanChange()
  const list = useListState(robotFilters)
  const query = useQuery(robotsQuery(list.params))
  const { data: applications = [] } = useQuery(applicationNamesQuery())
  const columns = useRobotColumns()
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
          choices={robotStates.map((value) => ({ value, text: t(`status.${value}`) }))}
        />
        <SelectFilter
          list={list}
          name="application"
          label={t('applicationFilter')}
          all={t('allApplications')}
          choices={applications.map(({ id, name }) => ({ value: id, text: name }))}
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
      <CreateRobotSheet isOpen={isCreating} onOpenChange={setCreating} />
    </>
  )
}
