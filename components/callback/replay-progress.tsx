'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { replayedQuery } from '@/components/queries/callback-queries'
import { Card } from '@/components/ui/card'

/** The progress of a replay; its callbacks are in the table below. */
export function ReplayProgress({ replayId }: { replayId: string }) {
  const t = useTranslations('callback')
  const { data } = useQuery(replayedQuery(replayId))
  if (!data) return <div className="animate-pulse-soft mb-4 h-24 rounded-lg bg-skeleton" />
  const { pending, delivered, dead } = data
  const total = pending + delivered + dead
  return (
    <Card className="mb-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="font-medium">{t(pending > 0 ? 'replayRunning' : 'replayEnded', { count: total })}</h2>
        <p aria-live="polite" className="text-sm text-muted tabular-nums">
          {t('replayCounts', { delivered, pending, dead })}
        </p>
      </div>
      <progress
        aria-label={t('replayProgress')}
        value={delivered + dead}
        max={Math.max(1, total)}
        className="mt-2 h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
      />
    </Card>
  )
}
