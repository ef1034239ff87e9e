'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { RoomView } from '@/lib/dashboard/room/list'
import { useCanChange } from '@/components/shell/role-context'
import { StateBadge } from '@/components/state/state-badge'
import { columnsOf } from '@/components/table/features'
import { useSelectColumn } from '@/components/table/select-column'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import { BindingStatus } from '@/components/room/binding-status'
import { LastMessage } from '@/components/room/last-message'
import { RoomMenu } from '@/components/room/room-menu'

const column = columnsOf<RoomView>()

export function useRoomColumns({
  robotId,
  agentId,
  hasCodes,
}: {
  robotId: string
  agentId: string | null
  hasCodes: boolean
}) {
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
        meta: { className: 'min-w-40 wrap-anywhere' },
        cell: ({ row: { original: room } }) => (
          <>
            <RowLink href={`/dashboard/robots/${robotId}/messages?room=${room.id}`}>
              {room.name || t('unnamed')}
            </RowLink>{' '}
            {room.isAmbiguous && <StateBadge kind="room" state="ambiguous" />}
            {room.goneAt && <StateBadge kind="room" state="gone" />}
          </>
        ),
      }),
      column.display({
        id: 'bound',
        header: t('column.bound'),
        cell: ({ row: { original: room } }) => <BindingStatus room={room} agentId={agentId} />,
      }),
      column.display({
        id: 'members',
        header: t('column.members'),
        enableSorting: true,
        meta: { className: 'text-right' },
        cell: ({ row: { original: room } }) => room.memberCount,
      }),
      column.display({
        id: 'last',
        header: t('column.last'),
        meta: { className: 'sm:max-lg:hidden w-[30%] max-w-0' },
        cell: ({ row: { original: room } }) => <LastMessage message={room.lastMessage} />,
      }),
      column.display({
        id: 'seen',
        header: t('column.seen'),
        enableSorting: true,
        meta: { className: 'sm:max-md:hidden text-muted' },
        cell: ({ row: { original: room } }) => <RelativeTime at={room.seenAt} />,
      }),
      column.display({
        id: 'actions',
        header: common('actions'),
        meta: { isHidden: true, className: 'w-12' },
        cell: ({ row: { original: room } }) => <RoomMenu robotId={robotId} room={room} hasCode={hasCodes} />,
      }),
    ]
    return canChange ? [select, ...columns] : columns
  }, [t, common, robotId, agentId, hasCodes, canChange, select])
}
