'use client'

import { useTranslations } from 'use-intl'
import type { AttemptsPointView } from '@/lib/dashboard/callback/endpoints'
import { useFigureText } from '@/components/overview/use-figure-text'
import type { MetricRange } from '@/lib/metrics/range'
import { isEmptyPoint, attemptFigures } from '@/components/callback/attempt-series'
import { useAttemptText } from '@/components/callback/use-attempt-text'

const series = Object.values(attemptFigures).flatMap((figure) =>
  figure.series.map(({ key }) => ({ key, unit: figure.unit })),
)

/** The exact numbers behind the charts, newest first; empty time spans are omitted. */
export function AttemptTable({ points, range }: { points: AttemptsPointView[]; range: MetricRange }) {
  const textOf = useAttemptText()
  const figures = useTranslations('figures')
  const { formatTime, formatValue } = useFigureText(range)
  const busy = points.filter((point) => !isEmptyPoint(point))
  return (
    <div className="mt-2 overflow-x-auto">
      <table className="w-full text-left text-sm tabular-nums">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1 font-normal">
              {figures('time')}
            </th>
            {series.map(({ key }) => (
              <th key={key} scope="col" className="py-1 pl-3 text-right font-normal sm:whitespace-nowrap">
                {textOf(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {busy.toReversed().map((point) => (
            <tr key={point.startsAt} className="border-t border-subtle">
              <th scope="row" className="py-1 font-normal sm:whitespace-nowrap">
                {formatTime(point.startsAt)}
              </th>
              {series.map(({ key, unit }) => (
                <td key={key} className="py-1 pl-3 text-right">
                  {formatValue(point[key], unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
