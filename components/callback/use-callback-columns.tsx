'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { ListedCallback } from '@/lib/dashboard/callback/list'
import { StateBadge } from '@/components/state/state-badge'
import { columnsOf } from '@/components/table/features'
import { Nothing } from '@/components/ui/nothing'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import { CallbackResponse } from '@/components/callback/callback-response'
import { useEventText } from '@/components/callback/use-event-text'

const column = columnsOf<ListedCallback>()

export function useCallbackColumns() {
  const t = useTranslations('callback')
  const describe = useEventText()
  return useMemo(
    () => [
      column.display({
        id: 'type',
        header: t('column.type'),
        meta: { className: 'max-w-[132px] sm:w-[28%] sm:max-w-0' },
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
        cell: ({ row: { original: event } }) => <StateBadge kind="event" state={event.state} />,
      }),
      column.display({
        id: 'attempts',
        header: t('column.attempts'),
        enableSorting: true,
        meta: { className: 'text-right' },
        cell: ({ row: { original: event } }) => event.attemptCount,
      }),
      column.display({
        id: 'response',
        header: t('column.response'),
        meta: { className: 'sm:max-md:hidden w-[22%] max-w-0 truncate text-muted' },
        cell: ({ row: { original: event } }) =>
          event.lastAttempt ? <CallbackResponse attempt={event.lastAttempt} /> : <Nothing />,
      }),
      column.display({
        id: 'application',
        header: t('column.application'),
        meta: { className: 'sm:max-lg:hidden w-[18%] max-w-0' },
        cell: ({ row: { original: event } }) => (
          <>
            <div className="truncate">{[event.applicationName, event.endpointName].filter(Boolean).join(' · ')}</div>
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
