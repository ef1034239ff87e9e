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

/** What needs a hand, how the robots are, what goes through; for a new installation the first steps before all that. */
export function OverviewPanel() {
  const t = useTranslations('overview')
  const { data, error, refetch } = useQuery(overviewQuery())
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      {!data && error && <ErrorState error={error} onRetry={refetch} />}
      {!data && !error && <div className="h-96 animate-pulse-soft rounded-lg bg-sunken" />}
      {data && (
        <div className="flex flex-col gap-6">
          {!data.firstSteps.hasMessage && <FirstSteps done={data.firstSteps} />}
          {(data.firstSteps.robotId || data.hands.silentWorker) && <NeedsHand hands={data.hands} />}
          {data.firstSteps.robotId && <RobotCounts counts={data.robotCounts} />}
          {data.firstSteps.hasMessage && (
            <>
              <FigureBoard backlog={data.backlog} />
              <LatestMessages messages={data.latestMessages} />
            </>
          )}
        </div>
      )}
    </>
  )
}
