'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { robotsQuery } from '@/components/queries/queries'
import { CreateRobotSheet } from '@/components/robot/create-robot-sheet'
import { useRobotColumns } from '@/components/robot/use-robot-columns'
import { StateFilter } from '@/components/state/state-filter'
import { DataTable } from '@/components/table/data-table'
import { ListFilters } from '@/components/table/list-filters'
import { useListState } from '@/components/table/use-list-state'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

const filters = ['state'] as const

export function ApplicationRobots({ applicationId }: { applicationId: string }) {
  const t = useTranslations('robot')
  const canChange = useCanChange()
  const list = useListState(filters)
  const query = useQuery(robotsQuery({ ...list.params, application: applicationId }))
  const columns = useRobotColumns()
  const [isCreating, setCreating] = useState(false)
  const create = canChange && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  )
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-3">
        <ListFilters list={list} searchLabel={t('search')}>
          <StateFilter list={list} kind="robot" without={['starting']} />
        </ListFilters>
        <div className="mb-3">{create}</div>
      </div>
      <DataTable
        caption={t('title')}
        columns={columns.filter(({ id }) => id !== 'application')}
        query={query}
        list={list}
        noMatch={t('noMatch')}
        empty={
          <EmptyState title={t('noneYet')} action={create}>
            {t('emptyHint')}
          </EmptyState>
        }
      />
      <CreateRobotSheet applicationId={applicationId} isOpen={isCreating} onOpenChange={setCreating} />
    </>
  )
}
