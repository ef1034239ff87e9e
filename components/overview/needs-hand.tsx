'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { Overview } from '@/app/api/dashboard/views/overview'
import { useCanChange } from '@/components/frame/role-context'
import { endpointsQuery } from '@/components/queries/endpoint-queries'
import { robotName } from '@/components/robot/robot-name'
import { RobotStatus } from '@/components/robot/robot-status'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { HandItem } from './hand-item'
import { LoginRemedy } from './login-remedy'
import { ResumeRemedy } from './resume-remedy'

// Somebody asked for it, so nobody has to look after it.
const wanted = new Set(['logged_out', 'cancelled'])
const shownOfAKind = 8

/**
 * What only a person can help, each with its remedy: no worker, an endpoint that fails, a code to scan, a login that was lost,
 * rooms to be known again.
 */
export function NeedsHand({ overview }: { overview: Overview }) {
  const t = useTranslations('overview')
  const endpointText = useTranslations('endpoint')
  const canChange = useCanChange()
  const { data: endpoints = [] } = useQuery(endpointsQuery())
  const { robots, doubts, isWorkerSilent } = overview
  const waiting = robots.filter(
    (robot) => robot.status !== 'online' && !(robot.status === 'offline' && wanted.has(robot.endReason ?? '')),
  )
  const unsure = robots.flatMap((robot) => {
    const count = doubts.find(({ robotId }) => robotId === robot.id)?.count
    return count ? [{ robot, count }] : []
  })
  const isCalm = !isWorkerSilent && endpoints.length + waiting.length + unsure.length === 0
  return (
    <Card title={t('needsHand')}>
      {isCalm && <p className="text-muted">{t('nothingWaits')}</p>}
      <ul className="flex flex-col">
        {isWorkerSilent && (
          <HandItem
            href="/dashboard/settings/system"
            name={t('workerSilent')}
            remedy={<ButtonLink href="/dashboard/settings/system">{t('seeWorkers')}</ButtonLink>}
          >
            <span className="text-bad">{t('workerSilentHint')}</span>
          </HandItem>
        )}
        {endpoints.slice(0, shownOfAKind).map((endpoint) => (
          <HandItem
            key={endpoint.applicationId}
            href={`/dashboard/applications/${endpoint.applicationId}`}
            name={endpoint.applicationName}
            remedy={canChange && <ResumeRemedy endpoint={endpoint} />}
          >
            <span className={endpoint.state === 'paused' ? 'text-bad' : 'text-warn'}>
              {endpointText(`state.${endpoint.state}`)}
            </span>
          </HandItem>
        ))}
        {waiting.slice(0, shownOfAKind).map((robot) => (
          <HandItem
            key={robot.id}
            href={`/dashboard/robots/${robot.id}/session`}
            name={robotName(robot)}
            remedy={canChange && <LoginRemedy robot={robot} />}
          >
            <RobotStatus robot={robot} isDetailed />
          </HandItem>
        ))}
        {unsure.slice(0, shownOfAKind).map(({ robot, count }) => (
          <HandItem
            key={`rooms of ${robot.id}`}
            href={`/dashboard/robots/${robot.id}/rooms`}
            name={robotName(robot)}
            remedy={canChange && <ButtonLink href={`/dashboard/robots/${robot.id}/rooms`}>{t('decide')}</ButtonLink>}
          >
            <span className="text-warn">{t('doubts', { count })}</span>
          </HandItem>
        ))}
      </ul>
    </Card>
  )
}
