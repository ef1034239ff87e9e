'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { ListedCallback } from '@/app/api/dashboard/views/callbacks'
import { columnsOf } from '@/components/table/features'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import { CallbackAnswer } from './callback-answer'
import { CallbackState } from './callback-state'
import { useEventText } from './use-event-text'

const column = columnsOf<ListedCallback>()

/** The columns of a table of callbacks. */
export function useCallbackColumns() {
  const t = useTranslations('callback')
  const describe = useEventText()
  return useMemo(
    () => [
      column.display({
        id: 'type',
        header: t('column.type'),
        meta: { className: 'max-w-[132px] sm:max-w-[260px]' },
        cell: ({ row: { original: event } }) => (
          <>
            <RowLink href={`/dashboard/callbacks/${event.id}`} className="font-mono text-sm break-all">
              {event.type}
            </RowLink>
            <div className="truncate text-sm text-muted">{event.excerpt ?? describe(event.type)}</div>
          </>
        ),
      }),
      column.display({
        id: 'state',
        header: t('column.state'),
        cell: ({ row: { original: event } }) => <CallbackState state={event.state} />,
      }),
      column.display({
        id: 'attempts',
        header: t('column.attempts'),
        enableSorting: true,
        meta: { className: 'hidden text-right sm:table-cell' },
        cell: ({ row: { original: event } }) => event.attemptCount,
      }),
      column.display({
        id: 'answer',
        header: t('column.answer'),
        meta: { className: 'hidden max-w-[240px] truncate text-muted md:table-cell' },
        cell: ({ row: { original: event } }) =>
          event.lastAttempt ? <CallbackAnswer attempt={event.lastAttempt} /> : '—',
      }),
      column.display({
        id: 'application',
        header: t('column.application'),
        meta: { className: 'hidden max-w-[200px] lg:table-cell' },
        cell: ({ row: { original: event } }) => (
          <>
            <div className="truncate">{event.applicationName}</div>
            {event.robotName && <div className="truncate text-sm text-muted">{event.robotName}</div>}
          </>
        ),
      }),
      column.display({
        id: 'created',
        header: t('column.createdAt'),
        enableSorting: true,
        meta: { className: 'text-muted' },
        cell: ({ row: { original: event } }) => <RelativeTime at={event.createdAt} />,
      }),
    ],
    [t, describe],
  )
}
