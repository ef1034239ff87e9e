'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { historyQuery } from '@/components/queries/pacing-queries'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { HistoryEntry } from '@/components/robot/history-entry'

/** The live login history of a robot. */
export function HistoryCard({ robotId }: { robotId: string }) {
  const t = useTranslations('history')
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    historyQuery(robotId),
  )
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
      {hasNextPage && (
        <Button className="mt-3" isBusy={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </Card>
  )
}
