import { useFormatter, useTranslations } from 'use-intl'
import type { RefusalView } from '@/lib/dashboard/connector/detail'
import { Card } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'

/** Counts the callbacks of a gateway that changed nothing, by reason. */
export function RefusalsCard({ refusals }: { refusals: RefusalView[] }) {
  const t = useTranslations('connector.refusal')
  const format = useFormatter()
  return (
    <Card title={t('title')} hint={t('hint')}>
      {refusals.length === 0 ? (
        <p className="text-muted">{t('none')}</p>
      ) : (
        <dl className="divide-y divide-subtle">
          {refusals.map(({ reason, count, lastAt }) => (
            <div
              key={reason}
              className="flex flex-wrap items-baseline justify-between gap-x-4 py-2 first:pt-0 last:pb-0"
            >
              <dt className="min-w-0 wrap-anywhere">{t(`reason.${reason}`)}</dt>
              <dd className="text-muted tabular-nums">
                {format.number(count)} · {t('last')} <RelativeTime at={lastAt} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  )
}
