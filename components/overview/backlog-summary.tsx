'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { OverviewView } from '@/lib/dashboard/overview/overview'
import { robotName } from '@/components/robot/robot-name'
import { RelativeTime } from '@/components/ui/relative-time'

/** The current backlog, its age, and the robots that are furthest behind. */
export function BacklogSummary({ backlog }: { backlog: OverviewView['backlog'] }) {
  const t = useTranslations('figures')
  const [first] = backlog.robots
  const count = (
    <span className="text-2xl font-semibold tabular-nums">{backlog.messageCount + backlog.commandCount}</span>
  )
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-3">
        {first ? (
          <Link href={pacingOf(first.id)} className="hover:underline">
            {count}
          </Link>
        ) : (
          count
        )}
        <span className="text-sm text-muted">
          {t(backlog.oldestAt ? 'waiting' : 'queueEmpty')}
          {backlog.oldestAt && (
            <>
              {' · '}
              {t('oldest')} <RelativeTime at={backlog.oldestAt} />
            </>
          )}
        </span>
      </div>
      {backlog.robots.length > 0 && (
        <ul className="flex flex-wrap gap-x-4 text-sm">
          {backlog.robots.map((robot) => (
            <li key={robot.id} className="min-w-0 truncate">
              <Link href={pacingOf(robot.id)} className="link">
                {t('behind', { name: robotName(robot), count: robot.messageCount })}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const pacingOf = (robotId: string) => `/dashboard/robots/${robotId}/pacing`
