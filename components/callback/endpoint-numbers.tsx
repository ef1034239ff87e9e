'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { EndpointDetail } from '@/lib/dashboard/callback/endpoints'
import { useFigureText } from '@/components/overview/use-figure-text'
import { useStateText } from '@/components/state/use-state-text'
import { RelativeTime } from '@/components/ui/relative-time'
import { deliveredShare } from '@/lib/metrics/delivered-share'
import type { MetricRange } from '@/lib/metrics/range'

/** The totals of the chart and the current backlog; each number links to its callbacks. */
export function EndpointNumbers({ endpoint, range }: { endpoint: EndpointDetail; range: MetricRange }) {
  const t = useTranslations('endpoint')
  const { formatValue } = useFigureText(range)
  const stateText = useStateText()
  const sum = (key: 'deliveredCount' | 'failedCount' | 'pendingCount' | 'deadCount') =>
    endpoint.points.reduce((all, point) => all + point[key], 0)
  const due = {
    deliveredCount: sum('deliveredCount'),
    pendingCount: sum('pendingCount'),
    deadCount: sum('deadCount'),
  }
  const callbacks = (more: Record<string, string>) =>
    `/dashboard/callbacks?${new URLSearchParams({ application: endpoint.applicationId, endpoint: endpoint.endpointId ?? 'default', ...more })}`
  const since = endpoint.points[0]?.startsAt ?? ''
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Number name={t('number.share')} href={callbacks({ since })} value={formatValue(deliveredShare(due), 'share')}>
        {t('dueCounts', { ...due, failedCount: sum('failedCount') })}
      </Number>
      <Number
        name={t('number.waiting')}
        href={callbacks({ state: 'pending' })}
        value={formatValue(endpoint.waitingCount, 'count')}
      >
        {endpoint.oldestWaitingAt && (
          <>
            {t('oldest')} <RelativeTime at={endpoint.oldestWaitingAt} />
          </>
        )}
      </Number>
      <Number name={t('number.failures')} value={formatValue(endpoint.failureCount, 'count')}>
        {endpoint.lastFailedAt ? (
          <>
            {t('lastFailed')} <RelativeTime at={endpoint.lastFailedAt} />
          </>
        ) : (
          t('noFailures')
        )}
      </Number>
      <Number name={t('column.state')} value={stateText('endpoint', endpoint.state)}>
        {endpoint.state === 'paused' && endpoint.pausedAt && <RelativeTime at={endpoint.pausedAt} />}
        {endpoint.state !== 'paused' && endpoint.heldUntil && (
          <>
            {t('nextProbe')} <RelativeTime at={endpoint.heldUntil} />
          </>
        )}
      </Number>
    </dl>
  )
}

type NumberProps = { name: string; value: string; href?: string; children: ReactNode }

function Number({ name, value, href, children }: NumberProps) {
  return (
    <div className="min-w-0 rounded-lg border border-subtle bg-surface p-4 shadow-card">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="mt-0.5 text-xl font-semibold tabular-nums">
        {href ? (
          <Link href={href} className="hover:underline">
            {value}
          </Link>
        ) : (
          value
        )}
      </dd>
      <dd className="min-h-5 text-sm text-muted">{children}</dd>
    </div>
  )
}
