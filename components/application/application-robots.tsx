'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { robotFilters, robotsQuery } from '@/components/queries/queries'
import { CreateRobotSheet } from '@/components/robot/create-robot-sheet'
import { useRobotColumns } from '@/components/robot/use-robot-columns'
import { DataTable } from '@/components/table/data-table'
import { useListState } from '@/components/table/use-list-state'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'

export function ApplicationRobots({ applicationId }: { applicationId: string }) {
  const t = useTranslations('robot')
  const canChange = useCanChange()
  const list = useListState(robotFilters)
  const { data, error, refetch, isPlaceholderData } = useQuery(
    robotsQuery({ ...list.params, application: applicationId }),
  )
  const columns = useRobotColumns()
  const [isCreating, setCreating] = useState(false)
  return (
    <Card title={t('title')} action={canChange && <Button onClick={() => setCreating(true)}>{t('create')}</Button>}>
      <DataTable
        caption={t('title')}
        columns={columns.filter(({ id }) => id !== 'application')}
        data={data}
        error={error}
        onRetry={refetch}
        isStale={isPlaceholderData}
        list={list}
        noMatch={t('noMatch')}
        empty={<p className="text-muted">{t('noneYet')}</p>}
      />
      <CreateRobotSheet applicationId={applicationId} isOpen={isCreating} onOpenChange={setCreating} />
    </Card>
  )
}
