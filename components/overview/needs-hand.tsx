'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { RobotView } from '@/app/api/dashboard/views/robots'
import { robotName } from '@/components/robot/robot-name'
import { RobotStatus } from '@/components/robot/robot-status'
import { Card } from '@/components/ui/card'

// Somebody asked for it, so nobody has to look after it.
const wanted = new Set(['logged_out', 'cancelled'])

/** The robots that only a person can help: a code to scan, a login that was lost. */
export function NeedsHand({ robots }: { robots: RobotView[] }) {
  const t = useTranslations('overview')
  const waiting = robots.filter(
    (robot) => robot.status !== 'online' && !(robot.status === 'offline' && wanted.has(robot.endReason ?? '')),
  )
  return (
    <Card title={t('needsHand')}>
      {waiting.length === 0 ? (
        <p className="text-muted">{t('nothingWaits')}</p>
      ) : (
        <ul className="-mx-2">
          {waiting.slice(0, 8).map((robot) => (
            <li key={robot.id}>
              <Link
                href={`/dashboard/robots/${robot.id}/session`}
                className="flex flex-wrap items-center justify-between gap-x-4 rounded px-2 py-2 hover:bg-hover"
              >
                <span className="font-medium">{robotName(robot)}</span>
                <RobotStatus robot={robot} isDetailed />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
