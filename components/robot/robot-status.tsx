'use client'

import clsx from 'clsx'
import { useTranslations } from 'use-intl'
import type { RobotView } from '@/app/api/dashboard/views/robots'
import { RelativeTime } from '@/components/ui/relative-time'
import { StateMark } from './state-mark'

export const statusLooks = {
  online: 'text-ok',
  waiting_scan: 'text-warn',
  waiting_confirm: 'text-warn',
  reconnecting: 'text-warn',
  offline: 'text-muted',
} as const

type Props = { robot: Pick<RobotView, 'status' | 'endReason' | 'since'>; isDetailed?: boolean }

/** A robot's state as mark and word; in detail with why it is offline and since when. */
export function RobotStatus({ robot, isDetailed = false }: Props) {
  const t = useTranslations('robot')
  const why = robot.status === 'offline' && robot.endReason ? t(`endReason.${robot.endReason}`) : null
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <span className={clsx('inline-flex items-center gap-1.5 whitespace-nowrap', statusLooks[robot.status])}>
        <StateMark status={robot.status} />
        {t(`status.${robot.status}`)}
      </span>
      {isDetailed && why && <span className="text-muted">{why}</span>}
      {isDetailed && robot.since && (
        <span className="text-sm text-muted">
          · <RelativeTime at={robot.since} />
        </span>
      )}
    </span>
  )
}
