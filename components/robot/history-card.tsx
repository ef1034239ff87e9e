'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { historyQuery } from '@/components/queries/pacing-queries'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { MoreButton } from '@/components/ui/more-button'
import { HistoryEntry } from '@/components/robot/history-entry'

/** The live login history of a robot. */
export function HistoryCard({ robotId }: { robotId: string }) {
  const t = useTranslations('history')
  const query = useInfiniteQuery(historyQuery(robotId))
  const { data, error, refetch } = query
  const changes = data?.pages.flat()
  return (
    <Card title={t('title')} hint={t('hint')}>
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {changes?.length === 0 && <p className="text-muted">{t('empty')}</p>}
      {changes && changes.length > 0 && (
        <ol className="grid sm:grid-cols-[minmax(0,1fr)_auto_auto]">
          {changes.map((change) => (
            <HistoryEntry key={change.id} change={change} />
          ))}
        </ol>
      )}
      <MoreButton query={query} className="mt-3">
        {t('older')}
      </MoreButton>
    </Card>
  )
}
