'use client'

import { useTranslations } from 'use-intl'
import type { RoomView } from '@/app/api/dashboard/views/rooms'
import { RelativeTime } from '@/components/ui/relative-time'

/** Who said what last, in one line, and when. */
export function LastMessage({ message }: { message: RoomView['lastMessage'] }) {
  const t = useTranslations('message')
  if (!message) return <span className="text-muted">—</span>
  const { direction, senderName, type, excerpt, createdAt } = message
  return (
    <span className="flex items-baseline gap-2">
      <span className="min-w-0 flex-1 truncate">
        <span className="text-muted">{direction === 'out' ? t('direction.out') : senderName}：</span>
        {type === 'text' ? excerpt : t(`type.${type}`)}
      </span>
      <span className="shrink-0 text-sm text-muted">
        <RelativeTime at={createdAt} />
      </span>
    </span>
  )
}
