'use client'

import { useQuery } from '@tanstack/react-query'
import { useTimeZone, useTranslations } from 'use-intl'
import { ErrorState } from '@/components/ui/error-state'
import type { OverviewView } from '@/lib/dashboard/overview/overview'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { useFilter } from '@/components/ui/use-filter'
import { metricRanges } from '@/lib/metrics/range'
import { FigureCard } from '@/components/overview/figure-card'
import { figures } from '@/components/overview/figures'
import { metricsQuery } from '@/components/overview/metrics-query'

/** Recent traffic as small charts or tables of one time range. */
export function FigureGrid({ backlog, downCount }: Pick<OverviewView, 'backlog'> & { downCount: number }) {
  const t = useTranslations('figures')
  const timeZone = useTimeZone() ?? 'UTC'
  const [rangeParam, setRange] = useFilter('range')
  const [shape, setShape] = useFilter('figures')
  const range = metricRanges.find((value) => value === rangeParam) ?? '24h'
  const { data, error, refetch } = useQuery(metricsQuery({ range, timeZone }))
  return (
    <section aria-labelledby="figures">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="figures" className="text-lg font-medium">
          {t('heading')}
        </h2>
        <div className="flex flex-wrap gap-2">
          <SegmentedControl
            label={t('rangeLabel')}
            value={range}
            onChange={(value) => setRange(value === '24h' ? '' : value)}
            choices={metricRanges.map((value) => ({ value, text: t(`range.${value}`) }))}
          />
          <SegmentedControl
            label={t('shapeLabel')}
            value={shape === 'table' ? 'table' : 'chart'}
            onChange={(value) => setShape(value === 'table' ? value : '')}
            choices={(['chart', 'table'] as const).map((value) => ({ value, text: t(`shape.${value}`) }))}
          />
        </div>
      </div>
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <div className="grid gap-3 md:grid-cols-2">
          {figures.map((figure, index) => (
            <FigureCard
              key={figure.key}
              figure={figure}
              metrics={data}
              backlog={backlog}
              downCount={downCount}
              range={range}
              isTable={shape === 'table'}
              isWide={index === 0}
            />
          ))}
        </div>
      )}
    </section>
  )
}
