'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { EndpointHealth } from '@/app/api/dashboard/views/endpoint-health'
import { useFigureText } from '@/components/overview/use-figure-text'
import { columnsOf } from '@/components/table/features'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import { EndpointState } from './endpoint-state'
import { shareOf } from './share-of'

const column = columnsOf<EndpointHealth>()

/** The columns of a table of endpoints. */
export function useEndpointColumns() {
  const t = useTranslations('endpoint')
  const { valueOf } = useFigureText('24h')
  return useMemo(
    () => [
      column.display({
        id: 'name',
        header: t('column.name'),
        meta: { className: 'max-w-[320px]' },
        cell: ({ row: { original: endpoint } }) => (
          <>
            <RowLink href={`/dashboard/callbacks/endpoints/${endpoint.id}`}>{endpoint.name}</RowLink>
            <div className="truncate font-mono text-xs text-muted">{endpoint.url}</div>
          </>
        ),
      }),
      column.display({
        id: 'state',
        header: t('column.state'),
        cell: ({ row: { original: endpoint } }) => (
          <>
            <EndpointState endpoint={endpoint} />
            {endpoint.failingSince && (
              <div className="mt-0.5 text-sm text-muted">
                {t('since')}
                <RelativeTime at={endpoint.failingSince} />
              </div>
            )}
          </>
        ),
      }),
      column.display({
        id: 'share',
        header: t('column.share'),
        meta: { className: 'hidden text-right sm:table-cell' },
        cell: ({ row: { original: endpoint } }) => valueOf(shareOf(endpoint.tries), 'share'),
      }),
      column.display({
        id: 'delay',
        header: t('column.delay'),
        meta: { className: 'hidden text-right md:table-cell' },
        cell: ({ row: { original: endpoint } }) => valueOf(endpoint.tries?.slowDelayMs, 'duration'),
      }),
      column.display({
        id: 'waiting',
        header: t('column.waiting'),
        meta: { className: 'text-right' },
        cell: ({ row: { original: endpoint } }) =>
          endpoint.waitingCount === 0 ? (
            <span className="text-muted">0</span>
          ) : (
            <Link
              href={`/dashboard/callbacks?application=${endpoint.id}&state=pending`}
              className="link relative z-[1] font-medium"
            >
              {valueOf(endpoint.waitingCount, 'count')}
            </Link>
          ),
      }),
      column.display({
        id: 'oldest',
        header: t('column.oldest'),
        meta: { className: 'hidden text-muted lg:table-cell' },
        cell: ({ row: { original: endpoint } }) =>
          endpoint.oldestWaitingAt ? <RelativeTime at={endpoint.oldestWaitingAt} /> : '—',
      }),
    ],
    [t, valueOf],
  )
}
