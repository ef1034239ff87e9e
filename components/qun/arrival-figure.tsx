'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTimeZone, useTranslations } from 'use-intl'
import { ChartSkeleton, LazyChart } from '@/components/chart/lazy-chart'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { arrivalsQuery } from '@/components/qun/qun-queries'

const colors = { opened: 'var(--border-field)', joined: 'var(--accent-ink)' }

/** Visits and joins of a group per day over the last month; as a table for screen readers. */
export function ArrivalFigure({ qunId }: { qunId: string }) {
  const t = useTranslations('qun')
  const format = useFormatter()
  const { data, error, refetch } = useQuery(arrivalsQuery(qunId, useTimeZone() ?? 'UTC'))
  const writeDay = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
  const isEmpty = data?.every(({ opened, joined }) => opened + joined === 0)
  return (
    <Card title={t('arrivalTitle')} hint={t('arrivalHint')}>
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div className="h-44">
          {!data && <ChartSkeleton />}
          {isEmpty && <p className="grid h-full place-items-center text-sm text-muted">{t('noArrivals')}</p>}
          {data && !isEmpty && (
            <div aria-hidden className="h-full">
              <LazyChart
                points={data.map(({ day, ...counts }) => ({ startsAt: day, ...counts }))}
                series={(['opened', 'joined'] as const).map((key) => ({
                  key,
                  text: t(`funnel.${key}`),
                  color: colors[key],
                }))}
                shape="bars"
                minAxisEnd={4}
                formatTick={writeDay}
                formatAxis={(value) => format.number(value)}
                formatValue={(value) => format.number(value ?? 0)}
              />
            </div>
          )}
        </div>
      )}
      <table className="sr-only">
        <caption>{t('arrivalTitle')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            <th scope="col">{t('funnel.opened')}</th>
            <th scope="col">{t('funnel.joined')}</th>
          </tr>
        </thead>
        <tbody>
          {data?.toReversed().map(({ day, opened, joined }) => (
            <tr key={day}>
              <th scope="row">{writeDay(day)}</th>
              <td>{opened}</td>
              <td>{joined}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
