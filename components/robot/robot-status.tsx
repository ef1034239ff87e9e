'use client'

import { useTranslations } from 'use-intl'
import type { RobotView } from '@/lib/dashboard/robot/list'
import { RelativeTime } from '@/components/ui/relative-time'
import { StatusIcon } from '@/components/robot/status-icon'

type Props = { robot: Pick<RobotView, 'status' | 'endReason' | 'since'>; isDetailed?: boolean }

/** The status of a robot; in detail, with the reason and time of an offline status. */
export function RobotStatus({ robot, isDetailed = false }: Props) {
  const t = useTranslations('history')
  const reason = robot.status === 'offline' && robot.endReason ? t(`cause.${robot.endReason}`) : null
  return (
    <span>
      <StatusIcon status={robot.status} />
      {isDetailed && reason && <span className="text-muted"> {reason}</span>}
      {isDetailed && robot.since && (
        <span className="text-sm text-muted">
          {' '}
          · <RelativeTime at={robot.since} />
        </span>
      )}
    </span>
  )
}
