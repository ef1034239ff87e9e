'use client'

import { useQuery } from '@tanstack/react-query'
import type { RowSelectionState } from '@tanstack/react-table'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { robotQuery, roomFilters, roomsQuery } from '@/components/queries/queries'
import { useStateText } from '@/components/state/use-state-text'
import { DataTable } from '@/components/table/data-table'
import { ListFilters } from '@/components/table/list-filters'
import { SelectFilter } from '@/components/table/select-filter'
import { useListState } from '@/components/table/use-list-state'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { BindingBar } from '@/components/room/binding-bar'
import { NotificationScope } from '@/components/room/notification-scope'
import { SyncNotice } from '@/components/room/sync-notice'
import { useRoomColumns } from '@/components/room/use-room-columns'
import { useSync } from '@/components/room/use-sync'

const kinds = ['bound', 'unbound', 'by_rule', 'unreviewed', 'by_hand', 'ambiguous', 'gone'] as const

/** The rooms of a robot: synced on request, updated by the worker, bound by rule or manually. */
export function RoomList({ robotId }: { robotId: string }) {
  const t = useTranslations('room')
  const stateText = useStateText()
  const canChange = useCanChange()
  const list = useListState(roomFilters)
  const { data: robot } = useQuery(robotQuery(robotId))
  const query = useQuery(roomsQuery(robotId, list.params))
  const { data } = query
  const [selected, setSelected] = useState<RowSelectionState>({})
  const columns = useRoomColumns({
    robotId,
    agentId: robot?.agentId ?? null,
    hasCodes: robot?.capabilities.joinQr ?? false,
  })
  const sync = useSync(robotId)
  const connection = useTranslations('connection')
  const isOnline = robot?.status === 'online'
  const isEmpty = data?.total === 0 && !list.isFiltered
  const syncButton = canChange && (
    <Button
      variant={isEmpty ? 'primary' : 'plain'}
      isBusy={sync.isPending}
      disabled={!isOnline}
      title={isOnline ? undefined : t('emptyOffline')}
      onClick={() => sync.mutate()}
    >
      {!sync.isPending && <RefreshCw size={15} aria-hidden />}
      {t('sync')}
    </Button>
  )
  if (robot && !robot.capabilities.rooms)
    return <EmptyState title={connection('noRooms')}>{connection('noRoomsHint')}</EmptyState>
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
                choices={kinds.map((value) => ({
                  value,
                  text: value === 'by_rule' || value === 'by_hand' ? t(`kind.${value}`) : stateText('room', value),
                }))}
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
      {robot && data && data.counts.all > 0 && (
        <NotificationScope notified={data.notified} applicationId={robot.applicationId} />
      )}
      {robot?.agentId && data && data.counts.all > 0 && data.counts.bound === 0 && (
        <output className="mb-3 block rounded bg-warn-soft px-3 py-2 text-warn">
          {t('noneBound', { agentId: robot.agentId })}
        </output>
      )}
      {data && data.counts.unreviewed > 0 && (
        <output className="mb-3 block rounded bg-warn-soft px-3 py-2 text-warn">
          {t('unreviewed', { count: data.counts.unreviewed })}{' '}
          <Link className="link" href={`/dashboard/robots/${robotId}/rooms?kind=unreviewed`}>
            {t('reviewThem')}
          </Link>
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
