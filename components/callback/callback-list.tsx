'use client'

import type { RowSelectionState } from '@tanstack/react-table'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ListedCallback } from '@/lib/dashboard/callback/list'
import { useCanChange } from '@/components/shell/role-context'
import { callbackFilters, callbacksQuery } from '@/components/queries/callback-queries'
import { ListPage } from '@/components/table/list-page'
import { useSelectColumn } from '@/components/table/select-column'
import { SelectionBar } from '@/components/table/selection-bar'
import { useListState } from '@/components/table/use-list-state'
import { Button } from '@/components/ui/button'
import { CallbackFilters } from '@/components/callback/callback-filters'
import { CallbackTabs } from '@/components/callback/callback-tabs'
import { EndpointNotice } from '@/components/callback/endpoint-notice'
import { ReplayProgress } from '@/components/callback/replay-progress'
import { ReplaySinceSheet } from '@/components/callback/replay-since-sheet'
import { useCallbackColumns } from '@/components/callback/use-callback-columns'
import { useReplay } from '@/components/callback/use-replay'

/** Lists callbacks, newest first; admins can resend selected ones, or all undelivered ones since a given time. */
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
      <ListPage
        title={t('title')}
        intro={t('intro')}
        action={canChange && <Button onClick={() => setReplaying(true)}>{t('replaySince')}</Button>}
        filters={
          <>
            <CallbackFilters list={list} />
            {[...list.get('q')].length === 1 && !list.get('since') && (
              <p className="mb-3 text-sm text-muted">{t('searchedBack', { days: 7 })}</p>
            )}
          </>
        }
        columns={canChange ? [select, ...columns] : columns}
        query={query}
        list={list}
        {...selection}
        noMatch={t('noMatch')}
        empty={{ title: t('emptyTitle'), hint: t('emptyHint') }}
      >
        <CallbackTabs />
        {list.get('application') && <EndpointNotice healthId={list.get('application')} className="mb-4" />}
        {replayId && <ReplayProgress replayId={replayId} />}
      </ListPage>
      <SelectionBar count={chosen.length} onClear={() => setSelected({})}>
        <Button variant="primary" isBusy={replay.isPending} onClick={() => replay.mutate({ ids: chosen })}>
          {t('replaySelected', { count: chosen.length })}
        </Button>
      </SelectionBar>
      <ReplaySinceSheet applicationId={list.get('application')} isOpen={isReplaying} onOpenChange={setReplaying} />
    </>
  )
}
