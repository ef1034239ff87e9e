'use client'

import { useQuery } from '@tanstack/react-query'
import { useTimeZone, useTranslations } from 'use-intl'
import { ErrorState } from '@/components/ui/error-state'
import type { Overview } from '@/app/api/dashboard/views/overview'
import { Segments } from '@/components/ui/segments'
import { useFilter } from '@/components/ui/use-filter'
import { metricRanges } from '@/lib/metrics/range'
import { FigureCard } from './figure-card'
import { figures } from './figures'
import { metricsQuery } from './metrics-query'

/** What went through lately, as small charts of one span of time, or as tables of the same. */
export function FigureBoard({ backlog }: { backlog: Overview['backlog'] }) {
  const t = useTranslations('figures')
  const timeZone = useTimeZone() ?? 'UTC'
  const [asked, setRange] = useFilter('range')
  const [shape, setShape] = useFilter('figures')
  const range = metricRanges.find((value) => value === asked) ?? '24h'
  const { data, error, refetch } = useQuery(metricsQuery({ range, timeZone }))
  return (
    <section aria-labelledby="figures">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="figures" className="text-lg font-medium">
          {t('heading')}
        </h2>
        <div className="flex flex-wrap gap-2">
          <Segments
            label={t('rangeLabel')}
            value={range}
            onChange={(value) => setRange(value === '24h' ? '' : value)}
            choices={metricRanges.map((value) => ({ value, text: t(`range.${value}`) }))}
          />
          <Segments
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
