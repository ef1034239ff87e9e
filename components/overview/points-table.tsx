'use client'

import { useTranslations } from 'use-intl'
import type { FigureUnit } from '@/components/overview/figures'
import { useFigureText } from '@/components/overview/use-figure-text'
import type { MetricRange } from '@/lib/metrics/range'

type Column<Key extends string> = { key: Key; unit: FigureUnit; title: string }
type Props<Key extends string> = {
  heading: string
  columns: readonly Column<Key>[]
  points: readonly (Record<Key, number | null> & { startsAt: string })[]
  range: MetricRange
}

/** The exact numbers behind charts, newest first. */
export function PointsTable<Key extends string>({ heading, columns, points, range }: Props<Key>) {
  const t = useTranslations('figures')
  const { formatTime, formatValue } = useFigureText(range)
  return (
    // Scrollable by keyboard as well.
    <section className="mt-2 overflow-x-auto" tabIndex={0} aria-label={t('tableOf', { figure: heading })}>
      <table className="w-full text-left text-sm tabular-nums">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1 font-normal">
              {t('time')}
            </th>
            {columns.map(({ key, title }) => (
              <th key={key} scope="col" className="py-1 pl-3 text-right font-normal">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.startsAt} className="border-t border-subtle">
              <th scope="row" className="py-1 font-normal whitespace-nowrap">
                {formatTime(point.startsAt)}
              </th>
              {columns.map(({ key, unit }) => (
                <td key={key} className="py-1 pl-3 text-right">
                  {formatValue(point[key], unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
