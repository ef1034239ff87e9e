'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { overviewQuery } from '@/components/queries/queries'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { FigureBoard } from './figure-board'
import { FirstSteps } from './first-steps'
import { LatestMessages } from './latest-messages'
import { NeedsHand } from './needs-hand'
import { RobotCounts } from './robot-counts'

export function OverviewPanel() {
  const t = useTranslations('overview')
  const { data, error, refetch } = useQuery(overviewQuery())
  if (!data) return error && <ErrorState error={error} onRetry={refetch} />
  const hasStarted = data.robots.length > 0 && data.latestMessages.length > 0
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <div className="flex flex-col gap-6">
        {!hasStarted && <FirstSteps overview={data} />}
        {data.robots.length > 0 && (
          <>
            <NeedsHand overview={data} />
            <RobotCounts robots={data.robots} />
            <FigureBoard />
            <LatestMessages messages={data.latestMessages} robots={data.robots} />
          </>
        )}
      </div>
    </>
  )
}
