'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { EndpointHealth } from '@/lib/dashboard/callback/endpoints'
import { useFigureText } from '@/components/overview/use-figure-text'
import { columnsOf } from '@/components/table/features'
import { Nothing } from '@/components/ui/nothing'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import { deliveredShare } from '@/lib/metrics/delivered-share'
import { EndpointState } from '@/components/callback/endpoint-state'

const column = columnsOf<EndpointHealth>()

export function useEndpointColumns() {
  const t = useTranslations('endpoint')
  const { formatValue } = useFigureText('24h')
  return useMemo(
    () => [
      column.display({
        id: 'name',
        header: t('column.name'),
        meta: { className: 'sm:w-full sm:min-w-48 sm:max-w-0' },
        cell: ({ row: { original: endpoint } }) => (
          <>
            <RowLink href={`/dashboard/callbacks/endpoints/${endpoint.id}`}>
              {[endpoint.name, endpoint.endpointName].filter(Boolean).join(' · ')}
            </RowLink>
            <div className="font-mono text-xs text-muted max-sm:line-clamp-2 sm:truncate">{endpoint.url}</div>
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
        meta: { className: 'text-right' },
        cell: ({ row: { original: endpoint } }) =>
          formatValue(endpoint.attempts && deliveredShare(endpoint.attempts), 'share'),
      }),
      column.display({
        id: 'delay',
        header: t('column.delay'),
        meta: { className: 'sm:max-lg:hidden text-right' },
        cell: ({ row: { original: endpoint } }) => formatValue(endpoint.attempts?.slowDelayMs, 'duration'),
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
              href={`/dashboard/callbacks?application=${endpoint.applicationId}&endpoint=${endpoint.endpointId ?? 'default'}&state=pending`}
              className="link relative z-[1] font-medium"
            >
              {formatValue(endpoint.waitingCount, 'count')}
            </Link>
          ),
      }),
      column.display({
        id: 'oldest',
        header: t('column.oldest'),
        meta: { className: 'sm:max-lg:hidden text-muted' },
        cell: ({ row: { original: endpoint } }) =>
          endpoint.oldestWaitingAt ? <RelativeTime at={endpoint.oldestWaitingAt} /> : <Nothing />,
      }),
    ],
    [t, formatValue],
  )
}
