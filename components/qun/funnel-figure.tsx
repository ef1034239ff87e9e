'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { QunRow } from '@/app/api/dashboard/views/quns'
import { Card } from '@/components/ui/card'

const steps = ['opened', 'added', 'joined'] as const

/** Of those who opened the page, how many became contacts and how many got in: number, share, bar. */
export function FunnelFigure({ funnel }: { funnel: QunRow['funnel'] }) {
  const t = useTranslations('qun')
  const format = useFormatter()
  const most = Math.max(1, ...steps.map((step) => funnel[step]))
  return (
    <Card title={t('funnelTitle')}>
      <dl className="flex flex-col gap-4">
        {steps.map((step) => (
          <div key={step}>
            <dt className="text-sm text-muted">{t(`funnel.${step}`)}</dt>
            <dd className="flex items-baseline gap-2 tabular-nums">
              <span className="text-xl font-semibold">{format.number(funnel[step])}</span>
              {step !== 'opened' && funnel.opened > 0 && (
                <span className="text-sm text-muted">
                  {format.number(Math.min(1, funnel[step] / funnel.opened), { style: 'percent' })}
                </span>
              )}
            </dd>
            <svg aria-hidden width="100%" height="6" className="mt-1 rounded bg-sunken">
              <rect height="6" width={`${(100 * funnel[step]) / most}%`} fill="var(--accent)" />
            </svg>
          </div>
        ))}
      </dl>
    </Card>
  )
}
