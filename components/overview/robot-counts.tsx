'use client'

import Link from 'next/link'
import type { RobotView } from '@/app/api/dashboard/views/robots'
import { RobotStatus } from '@/components/robot/robot-status'

const order = ['online', 'waiting_scan', 'waiting_confirm', 'reconnecting', 'offline'] as const

/** How many robots are in each state; each number leads to those robots. */
export function RobotCounts({ robots }: { robots: RobotView[] }) {
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
      {order.map((status) => (
        <li key={status}>
          <Link
            href={`/dashboard/robots?state=${status}`}
            className="block rounded-lg border border-subtle bg-surface px-4 py-3 shadow-card hover:bg-hover"
          >
            <span className="block text-2xl font-semibold tabular-nums">
              {robots.filter((robot) => robot.status === status).length}
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
