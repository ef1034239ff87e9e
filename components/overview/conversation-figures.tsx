'use client'

import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import Download from 'lucide-react/icons/download'
import { useTimeZone, useTranslations } from 'use-intl'
import { ApplicationFilter } from '@/components/application/application-filter'
import { ChartSkeleton, LazyChart } from '@/components/chart/lazy-chart'
import { SeriesSwatch } from '@/components/chart/series-swatch'
import { conversationColumns, conversationFigures } from '@/components/overview/conversation-series'
import { PointsTable } from '@/components/overview/points-table'
import { useFigureText } from '@/components/overview/use-figure-text'
import { saveFile, writeCsv } from '@/components/overview/write-csv'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useListState } from '@/components/table/use-list-state'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import type { ConversationPointView } from '@/lib/dashboard/conversation/figures'
import { type MetricRange, metricRanges } from '@/lib/metrics/range'

const filters = ['application', 'range'] as const

const figuresQuery = (options: { range: (typeof metricRanges)[number]; timeZone: string; application?: string }) =>
  queryOptions({
    queryKey: ['conversation-figures', options],
    queryFn: () => callDashboard('/conversations/figures', { query: options }),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  })

/** Who handled conversations and how long people waited, of all applications or one, as charts, a table and CSV. */
export function ConversationFigures() {
  const t = useTranslations('figures.conversations')
  const figureTexts = useTranslations('figures')
  const timeZone = useTimeZone() ?? 'UTC'
  const list = useListState(filters)
  const range = metricRanges.find((value) => value === list.get('range')) ?? '24h'
  const application = list.get('application')
  const { data, error, refetch } = useQuery(figuresQuery({ range, timeZone, ...(application && { application }) }))
  const { formatTick, formatTime, formatAxis, formatValue } = useFigureText(range)
  const isEmpty = data && conversationColumns.every(({ key }) => !data.total[key])
  const exportCsv = () => {
    const names = conversationColumns.map(({ key, unit }) =>
      unit === 'duration' ? t('secondsOf', { name: t(key) }) : t(key),
    )
    const rows = (data?.points ?? []).map((point) => [
      point.startsAt,
      ...conversationColumns.map(({ key, unit }) => inSeconds(point[key], unit)),
    ])
    const name = `${t('fileName')}-${new Date().toISOString().slice(0, 10)}-${range}.csv`
    saveFile(writeCsv([[figureTexts('time'), ...names], ...rows]), { name, type: 'text/csv;charset=utf-8' })
  }
  return (
    <section
      aria-labelledby="conversation-figures"
      className="rounded-lg border border-subtle bg-surface p-4 shadow-card"
    >
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="conversation-figures" className="text-lg font-medium">
          {t('heading')}
        </h2>
        <div className="flex flex-wrap gap-2">
          <ApplicationFilter list={list} />
          <Button onClick={exportCsv} disabled={!data}>
            <Download size={15} aria-hidden />
            {t('export')}
          </Button>
        </div>
      </div>
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {isEmpty && <p className="py-8 text-center text-sm text-muted">{t('nothing')}</p>}
      {!isEmpty && !(error && !data) && (
        <div className="grid gap-6 md:grid-cols-2">
          {conversationFigures.map(({ figure, shape, unit, series }) => {
            const title = t(figure, { unit: figureTexts(`per.${range}`) })
            return (
              <figure key={figure} className="min-w-0">
                <figcaption className="text-sm">
                  <h3 className="text-muted">{title}</h3>
                  <ul className="mt-1 flex min-h-5 flex-wrap gap-x-4">
                    {series.map(({ key, color }) => (
                      <li key={key} className="flex items-center gap-1.5 text-muted">
                        <SeriesSwatch color={color} />
                        {t(key)}
                        <span className="font-medium text-ink tabular-nums">
                          {data && formatValue(data.total[key], unit)}
                        </span>
                      </li>
                    ))}
                  </ul>
                </figcaption>
                <div className="mt-3 h-44">
                  {data ? (
                    <LazyChart
                      label={figureTexts('chartOf', { figure: title })}
                      points={data.points}
                      series={series.map((one) => ({ ...one, text: t(one.key) }))}
                      shape={shape}
                      hasDots
                      minAxisEnd={unit === 'duration' ? 1000 : 4}
                      formatTick={formatTick}
                      formatTime={formatTime}
                      formatAxis={(value) => formatAxis(value, unit)}
                      formatValue={(value) => formatValue(value, unit)}
                    />
                  ) : (
                    <ChartSkeleton />
                  )}
                </div>
              </figure>
            )
          })}
        </div>
      )}
      {data && !isEmpty && (
        <details className="mt-4">
          <summary className="w-fit text-sm text-muted hover:text-ink">{t('asTable')}</summary>
          <ConversationTable points={data.points} range={range} />
        </details>
      )}
    </section>
  )
}

/** The figures of conversations as a table; empty time spans are omitted. */
function ConversationTable({ points, range }: { points: ConversationPointView[]; range: MetricRange }) {
  const t = useTranslations('figures.conversations')
  const columns = conversationColumns.map((column) => ({ ...column, title: t(column.key) }))
  const busy = points.filter((point) => conversationColumns.some(({ key }) => point[key]))
  return <PointsTable heading={t('heading')} columns={columns} points={busy} range={range} />
}

const inSeconds = (value: number | null, unit: 'count' | 'duration') =>
  value === null || unit === 'count' ? value : value / 1000
