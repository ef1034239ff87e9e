'use client'

import { useQuery } from '@tanstack/react-query'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useTranslations } from 'use-intl'
import type { RoomView } from '@/app/api/dashboard/views/rooms'
import { useCanChange } from '@/components/frame/role-context'
import { callDashboard } from '@/components/queries/call-dashboard'
import { doubtsQuery, robotQuery, roomsQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { SearchField } from '@/components/ui/search-field'
import { useFilter } from '@/components/ui/use-filter'
import { RoomTable } from './room-table'

/** A robot's rooms: asked of WeChat by the button, kept up to date by the worker, bound by rule or by hand. */
export function RoomList({ robotId }: { robotId: string }) {
  const t = useTranslations('room')
  const canChange = useCanChange()
  const { data: robot } = useQuery(robotQuery(robotId))
  const { data: rooms, error, refetch } = useQuery(roomsQuery(robotId))
  const [search, setSearch] = useFilter('q')
  const [bound, setBound] = useFilter('bound')
  const sync = useAct({
    call: () => callDashboard<RoomView[]>(`/robots/${robotId}/rooms/sync`, 'POST', {}),
    done: t('synced'),
    refresh: [roomsQuery(robotId).queryKey, doubtsQuery(robotId).queryKey],
  })
  if (!rooms) return error && <ErrorState error={error} onRetry={refetch} />

  const isOnline = robot?.status === 'online'
  const syncButton = canChange && (
    <Button
      look={rooms.length ? 'plain' : 'primary'}
      isBusy={sync.isPending}
      disabled={!isOnline}
      onClick={() => sync.mutate()}
    >
      {!sync.isPending && <RefreshCw size={15} aria-hidden />}
      {sync.isPending ? t('syncing') : t('sync')}
    </Button>
  )
  if (rooms.length === 0)
    return (
      <EmptyState title={t('emptyTitle')} action={syncButton}>
        {isOnline ? t('emptyHint') : t('emptyOffline')}
      </EmptyState>
    )

  const wanted = search.trim().toLowerCase()
  const shown = rooms.filter(
    (room) => room.name.toLowerCase().includes(wanted) && (!bound || room.isBound === (bound === 'yes')),
  )
  const boundCount = rooms.filter((room) => room.isBound).length
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField label={t('search')} value={search} onChange={setSearch} />
        <select
          aria-label={t('boundFilter')}
          value={bound}
          onChange={(event) => setBound(event.target.value)}
          className="field w-auto"
        >
          <option value="">{t('all')}</option>
          <option value="yes">{t('bound')}</option>
          <option value="no">{t('unbound')}</option>
        </select>
        <span className="text-sm text-muted">{t('count', { count: rooms.length, bound: boundCount })}</span>
        <span className="flex-1" />
        {syncButton}
      </div>
      {robot?.agentId && boundCount === 0 && (
        <output className="block mb-3 rounded bg-warn-soft px-3 py-2 text-warn">
          {t('noneBound', { agentId: robot.agentId })}
        </output>
      )}
      <RoomTable robotId={robotId} rooms={shown} />
    </>
  )
}
