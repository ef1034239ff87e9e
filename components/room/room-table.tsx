'use client'

import { useTranslations } from 'use-intl'
import type { RoomView } from '@/app/api/dashboard/views/rooms'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { ActionCell, Cell, Row, RowLink, Table } from '@/components/ui/table'
import { RoomMenu } from './room-menu'

export function RoomTable({ robotId, rooms }: { robotId: string; rooms: RoomView[] }) {
  const t = useTranslations('room')
  const common = useTranslations('common')
  const columns = [
    { key: 'name', title: t('column.name') },
    { key: 'bound', title: t('column.bound') },
    { key: 'members', title: t('column.members'), className: 'hidden text-right sm:table-cell' },
    { key: 'seen', title: t('column.seen'), className: 'hidden md:table-cell' },
    { key: 'id', title: t('column.id'), className: 'hidden xl:table-cell' },
    { key: 'menu', title: common('actions'), isHidden: true, className: 'w-12' },
  ]
  return (
    <Table caption={t('title')} columns={columns}>
      {rooms.length === 0 && (
        <tr>
          <td colSpan={columns.length} className="px-4 py-8 text-center text-muted">
            {t('noMatch')}
          </td>
        </tr>
      )}
      {rooms.map((room) => (
        <Row key={room.id}>
          <Cell className="break-words">
            <RowLink href={`/dashboard/robots/${robotId}/messages?room=${room.id}`}>
              {room.name || t('unnamed')}
            </RowLink>
            {room.isDoubtful && (
              <span className="ml-1.5">
                <Badge tone="warn">{t('doubtful')}</Badge>
              </span>
            )}
          </Cell>
          <Cell>
            <Badge tone={room.isBound ? 'ok' : 'muted'}>{room.isBound ? t('bound') : t('unbound')}</Badge>
            {room.bindingSource === 'operator' && (
              <span className="ml-1.5 text-xs whitespace-nowrap text-muted">{t('byHand')}</span>
            )}
          </Cell>
          <Cell className="hidden text-right sm:table-cell">{room.memberCount}</Cell>
          <Cell className="hidden text-muted md:table-cell">
            <RelativeTime at={room.seenAt} />
          </Cell>
          <Cell className="hidden font-mono text-xs text-muted xl:table-cell">{room.id}</Cell>
          <ActionCell>
            <RoomMenu robotId={robotId} room={room} />
          </ActionCell>
        </Row>
      ))}
    </Table>
  )
}
