'use client'

import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { MetricPointView } from '@/app/api/dashboard/views/metrics'
import type { MetricRange } from '@/lib/metrics/range'
import { FigureTable } from './figure-table'
import { type Figure, type SeriesKey } from './figures'
import { SeriesMark } from './series-mark'
import { useFigureText } from './use-figure-text'

// The charting library is as heavy as all the rest of the page: it comes after it.
const FigureChart = dynamic(() => import('./figure-chart'), { ssr: false, loading: () => <FigureSkeleton /> })

type Props = { figure: Figure; points: MetricPointView[] | undefined; range: MetricRange; isTable: boolean }

/** One figure: its unit in the title, what it comes to, and its course as a chart or a table. */
export function FigureCard({ figure, points, range, isTable }: Props) {
  const t = useTranslations('figures')
  const { valueOf } = useFigureText(range)
  // Zeros are a course, too; here nothing was measured at all.
  const isEmpty = points?.every((point) => figure.series.every(({ key }) => point[key] === null))
  return (
    <figure className="min-w-0 rounded-lg border border-subtle bg-surface p-4 shadow-card">
      <figcaption>
        <Link href={figure.href} className="font-medium hover:underline">
          {t(`title.${figure.key}`, { unit: t(`per.${range}`) })}
        </Link>
        <ul className="mt-1 flex min-h-5 flex-wrap gap-x-4 text-sm">
          {figure.series.map(({ key, color }) => (
            <li key={key} className="flex items-center gap-1.5 text-muted">
              <SeriesMark color={color} />
              {t(`series.${key}`)}
              <span className="font-medium text-ink tabular-nums">
                {points ? valueOf(sumUp(points, figure, key), figure.unit) : ''}
              </span>
            </li>
          ))}
        </ul>
      </figcaption>
      <div className="mt-3 h-44">
        {!points && <FigureSkeleton />}
        {isEmpty && !isTable && (
          <p aria-hidden className="grid h-full place-items-center text-sm text-muted">
            {t('nothing')}
          </p>
        )}
        {points && !isEmpty && !isTable && (
          <div aria-hidden className="h-full">
            <FigureChart figure={figure} points={points} range={range} />
          </div>
        )}
        {points && <FigureTable figure={figure} points={points} range={range} isShown={isTable} />}
      </div>
    </figure>
  )
}

function FigureSkeleton() {
  return <div className="animate-pulse-soft h-full rounded bg-sunken" />
}

/** What happened is added up; what waits and how long it takes is as it was last. */
function sumUp(points: MetricPointView[], figure: Figure, key: SeriesKey): number | null {
  if (figure.shape === 'lines') return points.findLast((point) => point[key] !== null)?.[key] ?? null
  return points.reduce((sum, point) => sum + (point[key] ?? 0), 0)
}
