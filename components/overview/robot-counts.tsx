'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { useFormatter } from 'use-intl'
import type { OverviewView } from '@/lib/dashboard/overview/overview'
import { StatusIcon } from '@/components/robot/status-icon'
import { statesOf } from '@/components/state/states'

const statuses = statesOf('robot').filter((state) => state !== 'starting')

/** The number of robots per status; each number links to those robots. */
export function RobotCounts({ counts }: { counts: OverviewView['robotCounts'] }) {
  const format = useFormatter()
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
      {statuses.map((status) => (
        <li key={status}>
          <Link
            href={`/dashboard/robots?state=${status}`}
            className="block h-full rounded-lg border border-subtle bg-surface px-4 py-3 shadow-card hover:bg-hover"
          >
            <span className={clsx('block text-2xl font-semibold tabular-nums', counts[status] === 0 && 'text-muted')}>
              {format.number(counts[status])}
            </span>
            <span className="text-sm *:whitespace-normal">
              <StatusIcon status={status} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
