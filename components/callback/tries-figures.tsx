'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'use-intl'
import type { TriesPointView } from '@/app/api/dashboard/views/endpoint-health'
import { SeriesMark } from '@/components/overview/series-mark'
import type { MetricRange } from '@/lib/metrics/range'
import { triesFigures, type TriesFigure } from './tries-series'
import { TriesTable } from './tries-table'

// The charting library is heavy: it comes after the page.
const TriesChart = dynamic(() => import('./tries-chart'), {
  ssr: false,
  loading: () => <div className="animate-pulse-soft h-full rounded bg-sunken" />,
})

type Props = { points: TriesPointView[]; range: MetricRange }

/** How tries went over time: how many got through, and how quickly; the same as a table below. */
export function TriesFigures({ points, range }: Props) {
  const t = useTranslations('endpoint')
  const figures = useTranslations('figures')
  const isEmpty = points.every((point) => point.deliveredCount + point.failedCount === 0)
  if (isEmpty) return <p className="grid h-44 place-items-center text-muted">{figures('nothing')}</p>
  return (
    <>
      <div className="grid gap-6 md:grid-cols-2">
        {(Object.keys(triesFigures) as TriesFigure[]).map((figure) => (
          <figure key={figure} className="min-w-0">
            <figcaption className="flex flex-wrap gap-x-4 text-sm text-muted">
              <span className="text-ink">{t(`figure.${figure}`)}</span>
              {triesFigures[figure].series.map(({ key, color }) => (
                <span key={key} className="flex items-center gap-1.5">
                  <SeriesMark color={color} />
                  {t(`series.${key}`)}
                </span>
              ))}
            </figcaption>
            <div className="mt-3 h-44">
              <TriesChart figure={figure} points={points} range={range} />
            </div>
          </figure>
        ))}
      </div>
      <details className="mt-4">
        <summary className="w-fit text-sm text-muted hover:text-ink">{t('asTable')}</summary>
        <TriesTable points={points} range={range} />
      </details>
    </>
  )
}
