'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '@/app/api/dashboard/views/messages'
import { robotName } from '@/components/robot/robot-name'
import { columnsOf } from '@/components/table/features'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import { messagePath } from './message-path'
import { MessageState } from './message-state'

const column = columnsOf<MessageView>()

/** The columns of a table of the messages of all robots. */
export function useMessageColumns() {
  const t = useTranslations('message')
  return useMemo(
    () => [
      column.display({
        id: 'state',
        header: t('column.state'),
        meta: { className: 'w-24' },
        cell: ({ row: { original: message } }) => <MessageState message={message} />,
      }),
      column.display({
        id: 'content',
        header: t('column.content'),
        meta: { className: 'w-full max-w-0' },
        cell: ({ row: { original: message } }) => (
          <>
            <div className="truncate text-sm text-muted">
              {message.direction === 'in' && message.senderName && `${message.senderName} · `}
              {message.roomName ?? message.peerUsername ?? t('privateChat')}
              <span className="sm:hidden">
                {' · '}
                <RelativeTime at={message.createdAt} />
              </span>
            </div>
            <RowLink href={messagePath(message)} className="block truncate font-normal!">
              {message.type === 'text' ? message.content : t(`type.${message.type}`)}
            </RowLink>
          </>
        ),
      }),
      column.display({
        id: 'robot',
        header: t('column.robot'),
        meta: { className: 'hidden max-w-48 truncate md:table-cell' },
        cell: ({ row: { original: message } }) =>
          robotName({ nickname: message.robotNickname, username: message.robotUsername }),
      }),
      column.display({
        id: 'created',
        header: t('column.created'),
        meta: { className: 'hidden text-muted sm:table-cell' },
        cell: ({ row: { original: message } }) => <RelativeTime at={message.createdAt} />,
      }),
    ],
    [t],
  )
}
