'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { applicationNamesQuery, callbacksQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { useFilter } from '@/components/ui/use-filter'
import { CallbackFilters } from './callback-filters'
import { CallbackSheet } from './callback-sheet'
import { CallbackTable } from './callback-table'
import { EndpointNotice } from './endpoint-notice'
import { ReplaySinceSheet } from './replay-since-sheet'
import { useReplay } from './use-replay'

/** Callbacks, newest first, and for the chosen one its tries; whoever may change things can have them sent again. */
export function CallbackList() {
  const t = useTranslations('callback')
  const canChange = useCanChange()
  const [applicationId] = useFilter('application')
  const [state] = useFilter('state')
  const [eventId, setEventId] = useFilter('event')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [isReplaying, setIsReplaying] = useState(false)
  const { data: applications = [] } = useQuery(applicationNamesQuery())
  const filter = { applicationId: applicationId || null, state: state || null }
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    callbacksQuery(filter),
  )
  const events = data && [...new Map(data.pages.flat().map((event) => [event.id, event])).values()]
  const chosen = (events ?? []).filter(({ id }) => selected.has(id)).map(({ id }) => id)
  const replay = useReplay(() => setSelected(new Set()))
  const isFiltered = Boolean(applicationId || state)
  return (
    <>
      <PageHeader
        title={t('title')}
        action={
          canChange &&
          applications.length > 0 && <Button onClick={() => setIsReplaying(true)}>{t('replaySince')}</Button>
        }
      >
        {t('intro')}
      </PageHeader>
      {applicationId && (
        <div className="mb-3">
          <EndpointNotice applicationId={applicationId} />
        </div>
      )}
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <CallbackFilters applications={applications} />
        {chosen.length > 0 && (
          <Button look="primary" isBusy={replay.isPending} onClick={() => replay.mutate({ ids: chosen })}>
            {t('replaySelected', { count: chosen.length })}
          </Button>
        )}
      </div>
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {events?.length === 0 && (
        <EmptyState title={isFiltered ? t('noMatch') : t('emptyTitle')}>
          {isFiltered ? t('noMatchHint') : t('emptyHint')}
        </EmptyState>
      )}
      {!(error && !data) && events?.length !== 0 && (
        <CallbackTable
          events={events}
          applications={applications}
          onChoose={setEventId}
          selected={canChange ? selected : null}
          onSelect={setSelected}
        />
      )}
      {hasNextPage && (
        <Button className="mt-3" isBusy={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t('older')}
        </Button>
      )}
      <CallbackSheet event={events?.find(({ id }) => id === eventId)} onClose={() => setEventId('')} />
      <ReplaySinceSheet
        key={`${applicationId} ${applications.length}`}
        applications={applications}
        applicationId={applicationId}
        isOpen={isReplaying}
        onOpenChange={setIsReplaying}
      />
    </>
  )
}
