'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { overviewQuery } from '@/components/queries/queries'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { ConversationFigures } from '@/components/overview/conversation-figures'
import { FigureGrid } from '@/components/overview/figure-grid'
import { FirstSteps } from '@/components/overview/first-steps'
import { LatestMessages } from '@/components/overview/latest-messages'
import { AttentionList } from '@/components/overview/attention-list'
import { RobotCounts } from '@/components/overview/robot-counts'

/** The overview: attention items, robot counts, traffic; a new installation shows the first steps before them. */
export function OverviewPanel() {
  const t = useTranslations('overview')
  const { data, error, refetch } = useQuery(overviewQuery())
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      {!data && error && <ErrorState error={error} onRetry={refetch} />}
      {!data && !error && <div className="h-96 animate-pulse-soft rounded-lg bg-skeleton" />}
      {data && (
        <div className="flex flex-col gap-6">
          {!data.firstSteps.hasMessage && <FirstSteps done={data.firstSteps} />}
          {(data.firstSteps.robotId || data.attention.silentWorker) && <AttentionList attention={data.attention} />}
          {data.firstSteps.robotId && <RobotCounts counts={data.robotCounts} />}
          {data.firstSteps.hasMessage && (
            <>
              <FigureGrid backlog={data.backlog} downCount={data.endpointsDownCount} />
              <ConversationFigures />
              <LatestMessages messages={data.latestMessages} />
            </>
          )}
        </div>
      )}
    </>
  )
}
