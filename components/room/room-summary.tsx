'use client'

import { useTranslations } from 'use-intl'
import type { RoomTraitsView } from '@/lib/dashboard/room/ambiguities'
import { RelativeTime } from '@/components/ui/relative-time'

/** Identifies a room for a person: name, member count, last seen, last message. */
export function RoomSummary({ room, sharedCount }: { room: RoomTraitsView; sharedCount?: number | null }) {
  const t = useTranslations('room')
  const m = useTranslations('message')
  const { lastMessage } = room
  return (
    <div className="min-w-0">
      <p className="font-medium wrap-anywhere">{room.name || t('unnamed')}</p>
      <p className="text-sm text-muted">
        {t('memberCount', { count: room.memberCount })}
        {sharedCount !== undefined && sharedCount !== null && ` · ${t('sharedCount', { count: sharedCount })}`}
        {' · '}
        <RelativeTime at={room.seenAt} />
      </p>
      <p className="mt-1 line-clamp-2 text-sm wrap-anywhere">
        {lastMessage ? (
          <>
            <span className="text-muted">{lastMessage.senderName || m('direction.out')}：</span>
            {lastMessage.type === 'text' ? lastMessage.content : m(`type.${lastMessage.type}`)}
          </>
        ) : (
          <span className="text-muted">{t('noLastMessage')}</span>
        )}
      </p>
    </div>
  )
}
