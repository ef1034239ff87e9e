'use client'

import type { RowSelectionState } from '@tanstack/react-table'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ListedCallback } from '@/app/api/dashboard/views/callbacks'
import { useCanChange } from '@/components/frame/role-context'
import { callbackFilters, callbacksQuery } from '@/components/queries/callback-queries'
import { DataTable } from '@/components/table/data-table'
import { useSelectColumn } from '@/components/table/select-column'
import { SelectionBar } from '@/components/table/selection-bar'
import { useListState } from '@/components/table/use-list-state'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { CallbackFilters } from './callback-filters'
import { CallbackTabs } from './callback-tabs'
import { EndpointNotice } from './endpoint-notice'
import { ReplayProgress } from './replay-progress'
import { ReplaySinceSheet } from './replay-since-sheet'
import { useCallbackColumns } from './use-callback-columns'
import { useReplay } from './use-replay'

/** Callbacks, newest first; whoever may change things can have chosen ones sent again, or all that failed since a time. */
export function CallbackList() {
  const t = useTranslations('callback')
  const canChange = useCanChange()
  const list = useListState(callbackFilters)
  const query = useQuery(callbacksQuery(list.params))
  const select = useSelectColumn<ListedCallback>()
  const columns = useCallbackColumns()
  const [selected, setSelected] = useState<RowSelectionState>({})
  const [isReplaying, setReplaying] = useState(false)
  const chosen = Object.keys(selected)
  const replay = useReplay(() => setSelected({}))
  const selection = canChange ? { selected, onSelect: setSelected } : {}
  const replayId = list.get('replay')
  return (
    <>
      <PageHeader
        title={t('title')}
        action={canChange && <Button onClick={() => setReplaying(true)}>{t('replaySince')}</Button>}
      >
        {t('intro')}
      </PageHeader>
      <CallbackTabs />
      {list.get('application') && <EndpointNotice applicationId={list.get('application')} className="mb-4" />}
      {replayId && <ReplayProgress replayId={replayId} />}
      <CallbackFilters list={list} />
      {list.get('q') && !list.get('since') && (
        <p className="mb-3 text-sm text-muted">{t('searchedBack', { days: 7 })}</p>
      )}
      <DataTable
        caption={t('title')}
        columns={canChange ? [select, ...columns] : columns}
        query={query}
        list={list}
        {...selection}
        noMatch={t('noMatch')}
        empty={<EmptyState title={t('emptyTitle')}>{t('emptyHint')}</EmptyState>}
      />
      <SelectionBar count={chosen.length} onClear={() => setSelected({})}>
        <Button look="primary" isBusy={replay.isPending} onClick={() => replay.mutate({ ids: chosen })}>
          {t('replaySelected', { count: chosen.length })}
        </Button>
      </SelectionBar>
      <ReplaySinceSheet applicationId={list.get('application')} isOpen={isReplaying} onOpenChange={setReplaying} />
    </>
  )
}
