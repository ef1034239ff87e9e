'use client'

import { useQuery } from '@tanstack/react-query'
import type { RowSelectionState } from '@tanstack/react-table'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { robotQuery, roomFilters, roomsQuery } from '@/components/queries/queries'
import { DataTable } from '@/components/table/data-table'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { useListState } from '@/components/table/use-list-state'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { BindingBar } from './binding-bar'
import { SyncNotice } from './sync-notice'
import { useRoomColumns } from './use-room-columns'
import { useSync } from './use-sync'

const kinds = ['bound', 'unbound', 'by_rule', 'by_hand', 'doubtful', 'gone'] as const

/** A robot's rooms: asked of WeChat by the button, kept up to date by the worker, bound by rule or by hand. */
export function RoomList({ robotId }: { robotId: string }) {
  const t = useTranslations('room')
  const canChange = useCanChange()
  const list = useListState(roomFilters)
  const { data: robot } = useQuery(robotQuery(robotId))
  const query = useQuery(roomsQuery(robotId, list.params))
  const { data } = query
  const [selected, setSelected] = useState<RowSelectionState>({})
  const columns = useRoomColumns({ robotId, agentId: robot?.agentId ?? null })
  const sync = useSync(robotId)
  const isOnline = robot?.status === 'online'
  const isEmpty = data?.total === 0 && !list.isFiltered
  const syncButton = canChange && (
    <Button
      look={isEmpty ? 'primary' : 'plain'}
      isBusy={sync.isPending}
      disabled={!isOnline}
      title={isOnline ? undefined : t('emptyOffline')}
      onClick={() => sync.mutate()}
    >
      {!sync.isPending && <RefreshCw size={15} aria-hidden />}
      {t('sync')}
    </Button>
  )
  return (
    <>
      {!isEmpty && (
        <div className="flex flex-wrap items-start justify-between gap-x-3">
          <div className="w-full sm:w-auto">
            <ListFilters list={list} searchLabel={t('search')}>
              <SelectFilter
                list={list}
                name="kind"
                label={t('kindFilter')}
                all={t('all')}
                choices={kinds.map((value) => ({ value, text: t(`kind.${value}`) }))}
              />
            </ListFilters>
          </div>
          <div className="mb-3 flex flex-wrap items-center gap-3">
            {data && <span className="text-sm text-muted">{t('count', data.counts)}</span>}
            {syncButton}
          </div>
        </div>
      )}
      <SyncNotice sync={sync} />
      {robot?.agentId && data && data.counts.all > 0 && data.counts.bound === 0 && (
        <output className="mb-3 block rounded bg-warn-soft px-3 py-2 text-warn">
          {t('noneBound', { agentId: robot.agentId })}
        </output>
      )}
      <DataTable
        caption={t('title')}
        columns={columns}
        query={query}
        list={list}
        noMatch={t('noMatch')}
        {...(canChange ? { selected, onSelect: setSelected } : {})}
        empty={
          <EmptyState title={t('emptyTitle')} action={syncButton}>
            {isOnline ? t('emptyHint') : t('emptyOffline')}
          </EmptyState>
        }
      />
      <BindingBar robotId={robotId} roomIds={Object.keys(selected)} onDone={() => setSelected({})} />
    </>
  )
}
