'use client'

import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Hands } from '@/app/api/dashboard/views/hands'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DecisionHands } from './decision-hands'
import { RobotHands } from './robot-hands'
import { ServiceHands } from './service-hands'

/** So many lines are shown before somebody asks for more; the class below says the same. */
const lineLimit = 8

/** What only a person can help, each with its remedy: what stands still first, what can wait for a day last. */
export function NeedsHand({ hands }: { hands: Hands }) {
  const t = useTranslations('overview')
  const format = useFormatter()
  const [isOpen, setOpen] = useState(false)
  const { silentWorker, ...kinds } = hands
  const count = Object.values(kinds).reduce((sum, { total }) => sum + total, silentWorker ? 1 : 0)
  const lineCount = Object.values(kinds).reduce(
    (sum, { total, rows }) => sum + rows.length + (total > rows.length ? 1 : 0),
    silentWorker ? 1 : 0,
  )
  return (
    <Card
      title={
        <>
          {t('needsHand')}
          {count > 0 && (
            <span className="ml-2 text-base font-normal text-muted tabular-nums">{format.number(count)}</span>
          )}
        </>
      }
    >
      {count === 0 ? (
        <p className="flex items-center gap-2 text-muted">
          <Check size={16} aria-hidden className="shrink-0 text-ok" />
          {t('nothingWaits')}
        </p>
      ) : (
        <ul className={clsx('-my-1.5 flex flex-col', !isOpen && '[&>li:nth-child(n+9)]:hidden')}>
          <ServiceHands hands={hands} />
          <RobotHands hands={hands} />
          <DecisionHands hands={hands} />
        </ul>
      )}
      {lineCount > lineLimit && (
        <Button look="quiet" className="mt-3 -mb-2 -ml-2" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('fold') : t('unfold', { count: lineCount - lineLimit })}
        </Button>
      )}
    </Card>
  )
}
