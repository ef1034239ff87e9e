'use client'

import Check from 'lucide-react/icons/check'
import { useTranslations } from 'use-intl'
import type { Hands } from '@/app/api/dashboard/views/hands'
import { Card } from '@/components/ui/card'
import { DecisionHands } from './decision-hands'
import { RobotHands } from './robot-hands'
import { ServiceHands } from './service-hands'

/** What only a person can help, each with its remedy: what stands still first, what can wait for a day last. */
export function NeedsHand({ hands }: { hands: Hands }) {
  const t = useTranslations('overview')
  const { silentWorker, ...kinds } = hands
  const count = Object.values(kinds).reduce((sum, { total }) => sum + total, silentWorker ? 1 : 0)
  return (
    <Card
      title={
        <>
          {t('needsHand')}
          {count > 0 && <span className="ml-2 text-base font-normal text-muted tabular-nums">{count}</span>}
        </>
      }
    >
      {count === 0 ? (
        <p className="flex items-center gap-2 text-muted">
          <Check size={16} aria-hidden className="shrink-0 text-ok" />
          {t('nothingWaits')}
        </p>
      ) : (
        <ul className="-my-2 flex flex-col">
          <ServiceHands hands={hands} />
          <RobotHands hands={hands} />
          <DecisionHands hands={hands} />
        </ul>
      )}
    </Card>
  )
}
