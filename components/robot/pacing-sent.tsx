'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { PacingView } from '@/lib/dashboard/robot/pacing'
import { LazyChart } from '@/components/chart/lazy-chart'
import { Card } from '@/components/ui/card'

/** Messages sent in each of the last 30 minutes, below the allowed rate. */
export function PacingSent({ sent, ratePerMinute }: { sent: PacingView['sent']; ratePerMinute: number }) {
  const t = useTranslations('pacing')
  const format = useFormatter()
  const sum = sent.reduce((total, { count }) => total + count, 0)
  const maxCount = Math.max(4, ...sent.map(({ count }) => count))
  // A rate far above the bars would flatten them.
  const isLimitNear = ratePerMinute > 0 && ratePerMinute <= maxCount * 2
  const minuteOf = (startsAt: string) =>
    format.dateTime(new Date(startsAt), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return (
    <Card title={t('sentTitle')} hint={sum === 0 ? t('sentNone') : t('sentSum', { count: sum })}>
      {sum > 0 && (
        <div aria-hidden className="h-32">
          <LazyChart
            points={sent}
            series={[{ key: 'count', text: t('sent'), color: 'var(--accent-ink)' }]}
            shape="bars"
            minAxisEnd={isLimitNear ? Math.max(maxCount, ratePerMinute) : maxCount}
            limit={isLimitNear ? ratePerMinute : undefined}
            formatTick={minuteOf}
            formatAxis={(value) => format.number(value)}
            formatValue={(value) => format.number(value ?? 0)}
          />
        </div>
      )}
      <table className="sr-only">
        <caption>{t('sentTitle')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('minute')}</th>
            <th scope="col">{t('sent')}</th>
          </tr>
        </thead>
        <tbody>
          {sent.toReversed().map(({ startsAt, count }) => (
            <tr key={startsAt}>
              <th scope="row">{minuteOf(startsAt)}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
