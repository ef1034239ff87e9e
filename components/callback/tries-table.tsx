'use client'

import { useTranslations } from 'use-intl'
import type { TriesPointView } from '@/app/api/dashboard/views/endpoint-health'
import { useFigureText } from '@/components/overview/use-figure-text'
import type { MetricRange } from '@/lib/metrics/range'
import { triesFigures } from './tries-series'

const series = Object.values(triesFigures).flatMap((figure) =>
  figure.series.map(({ key }) => ({ key, unit: figure.unit })),
)

/** The exact numbers behind the charts, the newest first; spans in which nothing was tried are left out. */
export function TriesTable({ points, range }: { points: TriesPointView[]; range: MetricRange }) {
  const t = useTranslations('endpoint')
  const figures = useTranslations('figures')
  const { momentOf, valueOf } = useFigureText(range)
  const tried = points.filter((point) => point.deliveredCount + point.failedCount > 0)
  return (
    <div className="mt-2 overflow-x-auto">
      <table className="w-full text-left text-sm tabular-nums">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1 font-normal">
              {figures('moment')}
            </th>
            {series.map(({ key }) => (
              <th key={key} scope="col" className="py-1 pl-3 text-right font-normal whitespace-nowrap">
                {t(`series.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tried.toReversed().map((point) => (
            <tr key={point.startsAt} className="border-t border-subtle">
              <th scope="row" className="py-1 font-normal whitespace-nowrap">
                {momentOf(point.startsAt)}
              </th>
              {series.map(({ key, unit }) => (
                <td key={key} className="py-1 pl-3 text-right">
                  {valueOf(point[key], unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
