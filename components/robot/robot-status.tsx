'use client'

import clsx from 'clsx'
import { useTranslations } from 'use-intl'
import type { RobotView } from '@/app/api/dashboard/views/robots'
import { RelativeTime } from '@/components/ui/relative-time'

const looks = {
  online: { mark: '●', className: 'text-ok' },
  waiting_scan: { mark: '◐', className: 'text-warn' },
  waiting_confirm: { mark: '◑', className: 'text-warn' },
  reconnecting: { mark: '↻', className: 'text-warn' },
  offline: { mark: '○', className: 'text-muted' },
} as const

type Props = { robot: Pick<RobotView, 'status' | 'endReason' | 'since'>; isDetailed?: boolean }

/** A robot's state as mark and word; in detail with why it is offline and since when. */
export function RobotStatus({ robot, isDetailed = false }: Props) {
  const t = useTranslations('robot')
  const { mark, className } = looks[robot.status]
  const why = robot.status === 'offline' && robot.endReason ? t(`endReason.${robot.endReason}`) : null
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <span className={clsx('whitespace-nowrap', className)}>
        <span aria-hidden className="mr-1.5 inline-block w-3.5 text-center">
          {mark}
        </span>
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
