'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { PacingView } from '@/app/api/dashboard/views/pacing'
import { LazyChart } from '@/components/chart/lazy-chart'
import { Card } from '@/components/ui/card'

/** How many messages went out in each of the last minutes, below what the pace allows. */
export function PacingSent({ sent, ratePerMinute }: { sent: PacingView['sent']; ratePerMinute: number }) {
  const t = useTranslations('pacing')
  const format = useFormatter()
  const sum = sent.reduce((total, { count }) => total + count, 0)
  const most = Math.max(4, ...sent.map(({ count }) => count))
  // Far above the bars it would press them flat.
  const isLimitNear = ratePerMinute > 0 && ratePerMinute <= most * 2
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
            least={isLimitNear ? Math.max(most, ratePerMinute) : most}
            limit={isLimitNear ? ratePerMinute : undefined}
            tickOf={minuteOf}
            axisOf={(value) => format.number(value)}
            valueOf={(value) => format.number(value ?? 0)}
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
