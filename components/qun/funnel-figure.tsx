'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { QunRow } from '@/lib/dashboard/qun/list'
import { Card } from '@/components/ui/card'

const allSteps = ['opened', 'added', 'joined'] as const

/** The share of visitors who became contacts, unless people join by themselves, and who joined: number, percentage, bar. */
export function FunnelFigure({ funnel, hasContacts }: { funnel: QunRow['funnel']; hasContacts: boolean }) {
  const t = useTranslations('qun')
  const format = useFormatter()
  const steps = allSteps.filter((step) => hasContacts || step !== 'added')
  const maxCount = Math.max(1, ...steps.map((step) => funnel[step]))
  return (
    <Card title={t('funnelTitle')}>
      <dl className="flex flex-col gap-4">
        {steps.map((step) => (
          <div key={step}>
            <dt className="text-sm text-muted">{t(`funnel.${step}`)}</dt>
            <dd className="flex items-baseline gap-2 tabular-nums">
              <span className="text-xl font-semibold">{format.number(funnel[step])}</span>
              {/* Members who joined without a visit are not a share of the visitors. */}
              {step !== 'opened' && funnel.opened > 0 && funnel[step] <= funnel.opened && (
                <span className="text-sm text-muted">
                  {format.number(funnel[step] / funnel.opened, { style: 'percent' })}
                </span>
              )}
            </dd>
            <svg aria-hidden width="100%" height="6" className="mt-1 rounded bg-sunken">
              <rect height="6" width={`${(100 * funnel[step]) / maxCount}%`} fill="var(--accent)" />
            </svg>
          </div>
        ))}
      </dl>
    </Card>
  )
}
