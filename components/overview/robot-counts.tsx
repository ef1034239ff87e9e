'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { useFormatter } from 'use-intl'
import type { Overview } from '@/app/api/dashboard/views/overview'
import { RobotStatus } from '@/components/robot/robot-status'

const order = ['online', 'waiting_scan', 'waiting_confirm', 'reconnecting', 'offline'] as const

/** How many robots are in each state; each number leads to those robots. */
export function RobotCounts({ counts }: { counts: Overview['robotCounts'] }) {
  const format = useFormatter()
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
      {order.map((status) => (
        <li key={status} className="first:col-span-2 sm:first:col-span-1">
          <Link
            href={`/dashboard/robots?state=${status}`}
            className="block rounded-lg border border-subtle bg-surface px-4 py-3 shadow-card hover:bg-hover"
          >
            <span className={clsx('block text-2xl font-semibold tabular-nums', counts[status] === 0 && 'text-muted')}>
              {format.number(counts[status])}
            </span>
            <span className="text-sm">
              <RobotStatus robot={{ status, endReason: null, since: null }} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
