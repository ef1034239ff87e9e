'use client'

import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { AttentionView } from '@/lib/dashboard/overview/attention'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DecisionAttention } from '@/components/overview/decision-attention'
import { RobotAttention } from '@/components/overview/robot-attention'
import { ServiceAttention } from '@/components/overview/service-attention'

/** Maximum lines before "Show more"; the CSS class below uses the same number. */
const maxLines = 8

/** Everything that needs an operator, each with its action, most severe first. */
export function AttentionList({ attention }: { attention: AttentionView }) {
  const t = useTranslations('overview')
  const format = useFormatter()
  const [isOpen, setOpen] = useState(false)
  const { silentWorker, ...kinds } = attention
  const count = Object.values(kinds).reduce((sum, { total }) => sum + total, silentWorker ? 1 : 0)
  const lineCount = Object.values(kinds).reduce(
    (sum, { total, rows }) => sum + rows.length + (total > rows.length ? 1 : 0),
    silentWorker ? 1 : 0,
  )
  return (
    <Card
      title={
        <>
          {t('needsAttention')}
          {count > 0 && (
            <span className="ml-2 text-base font-normal text-muted tabular-nums">{format.number(count)}</span>
          )}
        </>
      }
    >
      {count === 0 ? (
        <p className="flex items-center gap-2 text-muted">
          <Check size={16} aria-hidden className="shrink-0 text-ok" />
          {t('allClear')}
        </p>
      ) : (
        <ul className={clsx('-my-1.5 flex flex-col', !isOpen && '[&>li:nth-child(n+9)]:hidden')}>
          <ServiceAttention attention={attention} />
          <RobotAttention kind="absent" robots={attention.absentAssistants} />
          <RobotAttention kind="lost" robots={attention.lostRobots} />
          <DecisionAttention attention={attention} />
        </ul>
      )}
      {lineCount > maxLines && (
        <Button variant="quiet" className="mt-3 -mb-2 -ml-2" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('showLess') : t('showMore', { count: lineCount - maxLines })}
        </Button>
      )}
    </Card>
  )
}
