'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '@/lib/dashboard/message/list'
import { robotName } from '@/components/robot/robot-name'
import { columnsOf } from '@/components/table/features'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import { messagePath } from '@/components/message/message-path'
import { MessageState } from '@/components/message/message-state'
import { usePlaceText } from '@/components/message/use-place-text'

const column = columnsOf<MessageView>()

export function useMessageColumns() {
  const t = useTranslations('message')
  const placeOf = usePlaceText()
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
        meta: { className: 'w-full max-w-0', isTitle: true },
        cell: ({ row: { original: message } }) => (
          <>
            <div className="truncate text-sm text-muted">
              {message.direction === 'in' && message.senderName && `${message.senderName} · `}
              {placeOf(message)}
            </div>
            <RowLink href={messagePath(message)} className="block font-normal! max-sm:line-clamp-3 sm:truncate">
              {message.type === 'text'
                ? message.content
                : message.fileName
                  ? t('fileNamed', { name: message.fileName })
                  : t(`type.${message.type}`)}
            </RowLink>
          </>
        ),
      }),
      column.display({
        id: 'robot',
        header: t('column.robot'),
        meta: { className: 'sm:max-md:hidden max-w-48 truncate' },
        cell: ({ row: { original: message } }) =>
          robotName({ nickname: message.robotNickname, username: message.robotUsername }),
      }),
      column.display({
        id: 'created',
        header: t('column.created'),
        meta: { className: 'text-muted' },
        cell: ({ row: { original: message } }) => <RelativeTime at={message.createdAt} />,
      }),
    ],
    [t, placeOf],
  )
}
