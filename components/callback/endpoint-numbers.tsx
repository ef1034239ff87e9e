'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { EndpointDetail } from '@/app/api/dashboard/views/endpoint-health'
import { useFigureText } from '@/components/overview/use-figure-text'
import { RelativeTime } from '@/components/ui/relative-time'
import type { MetricRange } from '@/lib/metrics/range'
import { shareOf } from './share-of'

/** What the course comes to, and what waits now, each a link to what is behind it. */
export function EndpointNumbers({ endpoint, range }: { endpoint: EndpointDetail; range: MetricRange }) {
  const t = useTranslations('endpoint')
  const { valueOf } = useFigureText(range)
  const sum = (key: 'deliveredCount' | 'failedCount') => endpoint.points.reduce((all, point) => all + point[key], 0)
  const counts = { deliveredCount: sum('deliveredCount'), failedCount: sum('failedCount') }
  const callbacks = (more: Record<string, string>) =>
    `/dashboard/callbacks?${new URLSearchParams({ application: endpoint.id, ...more })}`
  const since = endpoint.points[0]?.startsAt ?? ''
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Number name={t('number.share')} href={callbacks({ since })} value={valueOf(shareOf(counts), 'share')}>
        {t('tryCounts', counts)}
      </Number>
      <Number
        name={t('number.waiting')}
        href={callbacks({ state: 'pending' })}
        value={valueOf(endpoint.waitingCount, 'count')}
      >
        {endpoint.oldestWaitingAt && (
          <>
            {t('oldest')} <RelativeTime at={endpoint.oldestWaitingAt} />
          </>
        )}
      </Number>
      <Number name={t('number.failures')} value={valueOf(endpoint.failureCount, 'count')}>
        {endpoint.lastFailedAt ? (
          <>
            {t('lastFailed')} <RelativeTime at={endpoint.lastFailedAt} />
          </>
        ) : (
          t('noFailures')
        )}
      </Number>
      <Number name={t('number.breaker')} value={t(`breaker.${endpoint.state}`)}>
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
