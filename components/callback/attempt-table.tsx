'use client'

import { useTranslations } from 'use-intl'
import type { AttemptsPointView } from '@/lib/dashboard/callback/endpoints'
import { PointsTable } from '@/components/overview/points-table'
import type { MetricRange } from '@/lib/metrics/range'
import { isEmptyPoint, attemptFigures } from '@/components/callback/attempt-series'
import { useAttemptText } from '@/components/callback/use-attempt-text'

const series = Object.values(attemptFigures).flatMap((figure) =>
  figure.series.map(({ key }) => ({ key, unit: figure.unit })),
)

/** The figures of attempts as a table; empty time spans are omitted. */
export function AttemptTable({ points, range }: { points: AttemptsPointView[]; range: MetricRange }) {
  const textOf = useAttemptText()
  const t = useTranslations('endpoint')
  const columns = series.map((column) => ({ ...column, title: textOf(column.key) }))
  const busy = points.filter((point) => !isEmptyPoint(point))
  return <PointsTable heading={t('figure.counts')} columns={columns} points={busy} range={range} />
}
