'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { robotQuery } from '@/components/queries/queries'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { TabLinks } from '@/components/ui/tab-links'
import { robotName } from '@/components/robot/robot-name'
import { RobotStatus } from '@/components/robot/robot-status'
import { tabsOf } from '@/components/robot/robot-tabs'

/** The layout of a robot's pages: name, live status, tabs. */
export function RobotShell({ robotId, children }: { robotId: string; children: ReactNode }) {
  const t = useTranslations('robot')
  const connection = useTranslations('connection')
  const { data: robot, error, refetch } = useQuery(robotQuery(robotId))
  if (!robot) return error && <ErrorState error={error} onRetry={refetch} />
  return (
    <>
      <PageHeader title={robotName(robot)}>
        <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <output>
            <RobotStatus robot={robot} isDetailed />
          </output>
          <span className="font-mono text-sm break-all">{robot.username}</span>
          <span className="text-sm text-muted">{connection(`name.${robot.connection}`)}</span>
          <Link href={`/dashboard/applications/${robot.applicationId}`} className="link">
            {robot.applicationName}
          </Link>
        </span>
      </PageHeader>
      <TabLinks
        label={t('tabs')}
        tabs={tabsOf(robot).map((tab) => ({ href: `/dashboard/robots/${robotId}/${tab}`, text: t(`tab.${tab}`) }))}
      />
      {children}
    </>
  )
}
