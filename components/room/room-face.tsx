'use client'

import { useTranslations } from 'use-intl'
import type { FaceView } from '@/app/api/dashboard/views/doubts'
import { RelativeTime } from '@/components/ui/relative-time'

/** What a person knows a room by: its name, how many are in it, when it was seen, who said what last. */
export function RoomFace({ room, sharedCount }: { room: FaceView; sharedCount?: number | null }) {
  const t = useTranslations('room')
  const m = useTranslations('message')
  const { lastMessage } = room
  return (
    <div className="min-w-0">
      <p className="font-medium break-words">{room.name || t('unnamed')}</p>
      <p className="text-sm text-muted">
        {t('memberCount', { count: room.memberCount })}
        {sharedCount !== undefined && sharedCount !== null && ` · ${t('sharedCount', { count: sharedCount })}`}
        {' · '}
        <RelativeTime at={room.seenAt} />
      </p>
      <p className="mt-1 line-clamp-2 text-sm break-words">
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
