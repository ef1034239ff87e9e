'use client'

import dynamic from 'next/dynamic'
import { useFormatter, useTranslations } from 'use-intl'
import type { PacingView } from '@/app/api/dashboard/views/pacing'
import { Card } from '@/components/ui/card'

// The charting library is as heavy as all the rest of the page: it comes after it.
const SentChart = dynamic(() => import('./sent-chart'), {
  ssr: false,
  loading: () => <div className="animate-pulse-soft h-full rounded bg-sunken" />,
})

/** How many messages went out in each of the last minutes, below what the pace allows. */
export function PacingSent({ sent, ratePerMinute }: { sent: PacingView['sent']; ratePerMinute: number }) {
  const t = useTranslations('pacing')
  const format = useFormatter()
  const sum = sent.reduce((total, { count }) => total + count, 0)
  const minuteOf = (startsAt: string) =>
    format.dateTime(new Date(startsAt), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return (
    <Card title={t('sentTitle')} hint={sum === 0 ? t('sentNone') : t('sentSum', { count: sum })}>
      {sum > 0 && (
        <div aria-hidden className="h-32">
          <SentChart sent={sent} ratePerMinute={ratePerMinute} minuteOf={minuteOf} />
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
