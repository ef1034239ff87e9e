'use client'

import { useTranslations } from 'use-intl'
import type { RoomView } from '@/lib/dashboard/room/list'
import { Nothing } from '@/components/ui/nothing'
import { RelativeTime } from '@/components/ui/relative-time'

/** The last message of a room in one line: sender, content, time. */
export function LastMessage({ message }: { message: RoomView['lastMessage'] }) {
  const t = useTranslations('message')
  if (!message) return <Nothing />
  const { direction, senderName, type, excerpt, createdAt } = message
  return (
    <span className="flex items-baseline gap-2 max-sm:flex-col max-sm:gap-0">
      <span className="line-clamp-3 min-w-0 flex-1 wrap-anywhere sm:line-clamp-1">
        <span className="text-muted">{direction === 'out' ? t('direction.out') : senderName}：</span>
        {type === 'text' ? excerpt : t(`type.${type}`)}
      </span>
      <span className="shrink-0 text-sm text-muted">
        <RelativeTime at={createdAt} />
      </span>
    </span>
  )
}
