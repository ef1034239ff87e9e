'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { robotsQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { SearchField } from '@/components/ui/search-field'
import { useFilter } from '@/components/ui/use-filter'
import { CreateRobotSheet } from './create-robot-sheet'
import { RobotTable } from './robot-table'

const states = ['online', 'waiting_scan', 'waiting_confirm', 'reconnecting', 'offline'] as const

export function RobotList() {
  const t = useTranslations('robot')
  const canChange = useCanChange()
  const { data, error, refetch } = useQuery(robotsQuery())
  const [search, setSearch] = useFilter('q')
  const [state, setState] = useFilter('state')
  const [isCreating, setCreating] = useState(false)
  const create = canChange && (
    <Button look="primary" onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  )
  const wanted = search.trim().toLowerCase()
  const robots = data?.filter(
    (robot) =>
      (!state || robot.status === state) &&
      [robot.nickname, robot.username, robot.agentId, robot.applicationName, robot.id].some((text) =>
        text?.toLowerCase().includes(wanted),
      ),
  )
  return (
    <>
      <PageHeader title={t('title')} action={create}>
        {t('intro')}
      </PageHeader>
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {data?.length === 0 && (
        <EmptyState title={t('emptyTitle')} action={create}>
          {t('emptyHint')}
        </EmptyState>
      )}
      {(!data || data.length > 0) && !error && (
        <>
          <div className="mb-3 flex flex-wrap gap-2">
            <SearchField label={t('search')} value={search} onChange={setSearch} />
            <select
              aria-label={t('stateFilter')}
              value={state}
              onChange={(event) => setState(event.target.value)}
              className="field w-auto"
            >
              <option value="">{t('allStates')}</option>
              {states.map((value) => (
                <option key={value} value={value}>
                  {t(`status.${value}`)}
                </option>
              ))}
            </select>
          </div>
          <RobotTable robots={robots} />
        </>
      )}
      <CreateRobotSheet isOpen={isCreating} onOpenChange={setCreating} />
    </>
  )
}
