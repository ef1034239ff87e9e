'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ApplicationFilter } from '@/components/application/application-filter'
import { RobotFilter } from '@/components/robot/robot-filter'
import { useListState } from '@/components/table/use-list-state'
import { Button, ButtonLink } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { SearchField } from '@/components/ui/search-field'
import { AlertsButton } from '@/components/inbox/alerts-button'
import { ConversationRow } from '@/components/inbox/conversation-row'
import { conversationsQuery, inboxFilters } from '@/components/inbox/inbox-queries'

const views = ['open', 'waiting', 'mine', 'unread', 'closed', 'all'] as const

/** The conversations of a view, with search and filters; the stream of changes keeps it current. */
export function ConversationList({ openId, isLive }: { openId: string; isLive: boolean }) {
  const t = useTranslations('inbox')
  const list = useListState(inboxFilters)
  const [isFilterOpen, setFilterOpen] = useState(false)
  const query = useInfiniteQuery(conversationsQuery(list.params))
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData } = query
  const rows = [...new Map(data?.pages.flatMap((page) => page.rows).map((row) => [row.id, row])).values()]
  const view = views.find((each) => each === list.get('view')) ?? 'open'
  const isNarrowed = list.get('q') !== '' || list.get('robot') !== '' || list.get('application') !== ''
  return (
    <>
      <header className="flex flex-col gap-2 border-b border-subtle p-3">
        {/* Heights are fixed: what appears later must not move the rows under a finger. */}
        <div className="flex min-h-control items-center justify-between gap-2">
          <h2 className="text-lg font-semibold">{t('title')}</h2>
          <div className="flex flex-wrap items-center justify-end gap-x-2">
            <span className="flex items-center gap-1.5 text-xs text-muted">
              <span aria-hidden className={clsx('size-2 rounded-full', isLive ? 'bg-accent' : 'bg-warn')} />
              {isLive ? t('live') : t('notLive')}
            </span>
            <AlertsButton />
          </div>
        </div>
        <div className="flex gap-2 *:first:min-w-0 *:first:flex-1">
          <SearchField label={t('search')} value={list.get('q')} onChange={(q) => list.set({ q })} />
          <Button
            aria-label={t('filters')}
            title={t('filters')}
            aria-expanded={isFilterOpen}
            className="shrink-0 px-2.5"
            onClick={() => setFilterOpen(!isFilterOpen)}
          >
            <SlidersHorizontal size={15} aria-hidden />
          </Button>
        </div>
        {(isFilterOpen || list.get('robot') || list.get('application')) && (
          <div className="grid grid-cols-2 gap-2 *:w-full *:max-w-full *:min-w-0">
            <RobotFilter list={list} />
            <ApplicationFilter list={list} />
          </div>
        )}
        <fieldset aria-label={t('view.label')} className="-mx-1 flex min-w-0 overflow-x-auto">
          {views.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === view}
              onClick={() => list.set({ view: each === 'open' ? '' : each })}
              className={clsx(
                'min-h-8 shrink-0 rounded px-1.5 pointer-coarse:min-h-10 text-sm whitespace-nowrap',
                each === view ? 'bg-accent-soft font-medium text-accent-ink' : 'text-muted hover:bg-hover',
              )}
            >
              {t(`view.${each}`)}
            </button>
          ))}
        </fieldset>
      </header>
      {/* Positioned: texts for screen readers are absolute and would make the page longer than the window. */}
      <div className={clsx('relative min-h-0 flex-1 overflow-y-auto', isPlaceholderData && 'opacity-60')}>
        {[...list.get('q')].length === 1 && <p className="px-3 pt-2 text-xs text-muted">{t('searchedBack')}</p>}
        {error && !data && (
          <div className="p-3">
            <ErrorState error={error} onRetry={refetch} />
          </div>
        )}
        {!error && !data && <ListSkeleton />}
        {data && rows.length === 0 && isNarrowed && <p className="px-4 py-10 text-center text-muted">{t('noMatch')}</p>}
        {data && rows.length === 0 && !isNarrowed && (
          <div className="px-5 py-10 text-center">
            <h2 className="font-medium">{t(`empty.${view}`)}</h2>
            <p className="mt-1.5 text-sm text-muted">{t(`emptyHint.${view}`)}</p>
            {view === 'open' && (
              <ButtonLink href="/dashboard/robots" className="mt-4">
                {t('toRobots')}
              </ButtonLink>
            )}
          </div>
        )}
        <ol aria-label={t('list')} aria-busy={isPlaceholderData}>
          {rows.map((row) => (
            <ConversationRow key={row.id} conversation={row} isOpen={row.id === openId} />
          ))}
        </ol>
        {hasNextPage && (
          <div className="p-3">
            <Button className="w-full" isBusy={isFetchingNextPage} onClick={() => fetchNextPage()}>
              {t('more')}
            </Button>
          </div>
        )}
      </div>
    </>
  )
}

function ListSkeleton() {
  return (
    <div aria-hidden className="animate-pulse-soft flex flex-col gap-4 p-3">
      {[0, 1, 2, 3, 4].map((row) => (
        <div key={row} className="flex flex-col gap-2">
          <div className="h-3.5 w-1/2 rounded bg-skeleton" />
          <div className="h-3 w-5/6 rounded bg-skeleton" />
        </div>
      ))}
    </div>
  )
}
