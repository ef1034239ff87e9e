'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { RoomView } from '@/app/api/dashboard/views/rooms'
import { useCanChange } from '@/components/frame/role-context'
import { columnsOf } from '@/components/table/features'
import { useSelectColumn } from '@/components/table/select-column'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowActions, RowLink } from '@/components/ui/table'
import { BindingMark } from './binding-mark'
import { LastMessage } from './last-message'
import { RoomMenu } from './room-menu'

const column = columnsOf<RoomView>()

/** The columns of a table of a robot's rooms. */
export function useRoomColumns({ robotId, agentId }: { robotId: string; agentId: string | null }) {
  const t = useTranslations('room')
  const common = useTranslations('common')
  const canChange = useCanChange()
  const select = useSelectColumn<RoomView>()
  return useMemo(() => {
    const columns = [
      column.display({
        id: 'name',
        header: t('column.name'),
        enableSorting: true,
        meta: { className: 'min-w-40 break-words' },
        cell: ({ row: { original: room } }) => (
          <>
            <RowLink href={`/dashboard/robots/${robotId}/messages?room=${room.id}`}>
              {room.name || t('unnamed')}
            </RowLink>{' '}
            {room.isDoubtful && <Badge tone="warn">{t('kind.doubtful')}</Badge>}
            {room.goneAt && <Badge tone="muted">{t('kind.gone')}</Badge>}
          </>
        ),
      }),
      column.display({
        id: 'bound',
        header: t('column.bound'),
        cell: ({ row: { original: room } }) => <BindingMark room={room} agentId={agentId} />,
      }),
      column.display({
        id: 'members',
        header: t('column.members'),
        enableSorting: true,
        meta: { className: 'hidden text-right sm:table-cell' },
        cell: ({ row: { original: room } }) => room.memberCount,
      }),
      column.display({
        id: 'last',
        header: t('column.last'),
        meta: { className: 'hidden max-w-72 lg:table-cell' },
        cell: ({ row: { original: room } }) => <LastMessage message={room.lastMessage} />,
      }),
      column.display({
        id: 'seen',
        header: t('column.seen'),
        enableSorting: true,
        meta: { className: 'hidden text-muted md:table-cell' },
        cell: ({ row: { original: room } }) => <RelativeTime at={room.seenAt} />,
      }),
      column.display({
        id: 'actions',
        header: common('actions'),
        meta: { isHidden: true, className: 'w-12' },
        cell: ({ row: { original: room } }) => (
          <RowActions>
            <RoomMenu robotId={robotId} room={room} />
          </RowActions>
        ),
      }),
    ]
    return canChange ? [select, ...columns] : columns
  }, [t, common, robotId, agentId, canChange, select])
}
