'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { Overview } from '@/app/api/dashboard/views/overview'
import type { RobotView } from '@/app/api/dashboard/views/robots'
import { endpointsQuery } from '@/components/queries/endpoint-queries'
import { robotName } from '@/components/robot/robot-name'
import { RobotStatus } from '@/components/robot/robot-status'
import { Card } from '@/components/ui/card'

// Somebody asked for it, so nobody has to look after it.
const wanted = new Set(['logged_out', 'cancelled'])

type Props = { robots: RobotView[]; doubts: Overview['doubts'] }

/** What only a person can help: a code to scan, a login that was lost, rooms to be known again, an endpoint that fails. */
export function NeedsHand({ robots, doubts }: Props) {
  const t = useTranslations('overview')
  const endpointText = useTranslations('endpoint')
  const { data: endpoints = [] } = useQuery(endpointsQuery())
  const waiting = robots.filter(
    (robot) => robot.status !== 'online' && !(robot.status === 'offline' && wanted.has(robot.endReason ?? '')),
  )
  const unsure = robots.flatMap((robot) => {
    const count = doubts.find(({ robotId }) => robotId === robot.id)?.count
    return count ? [{ robot, count }] : []
  })
  return (
    <Card title={t('needsHand')}>
      {waiting.length === 0 && unsure.length === 0 && endpoints.length === 0 ? (
        <p className="text-muted">{t('nothingWaits')}</p>
      ) : (
        <ul className="-mx-2">
          {endpoints.slice(0, 8).map((endpoint) => (
            <li key={endpoint.applicationId}>
              <Link
                href={`/dashboard/applications/${endpoint.applicationId}`}
                className="flex flex-wrap items-center justify-between gap-x-4 rounded px-2 py-2 hover:bg-hover"
              >
                <span className="font-medium">{endpoint.applicationName}</span>
                <span className={endpoint.state === 'paused' ? 'text-sm text-bad' : 'text-sm text-warn'}>
                  {endpointText(`state.${endpoint.state}`)}
                </span>
              </Link>
            </li>
          ))}
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
          {unsure.slice(0, 8).map(({ robot, count }) => (
            <li key={`rooms of ${robot.id}`}>
              <Link
                href={`/dashboard/robots/${robot.id}/rooms`}
                className="flex flex-wrap items-center justify-between gap-x-4 rounded px-2 py-2 hover:bg-hover"
              >
                <span className="font-medium">{robotName(robot)}</span>
                <span className="text-sm text-warn">{t('doubts', { count })}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
