'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { robotQuery } from '@/components/queries/queries'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { TabLinks } from '@/components/ui/tab-links'
import { robotName } from './robot-name'
import { RobotStatus } from './robot-status'
import { robotTabs } from './robot-tabs'

/** What all pages of a robot have in common: its name, its live state, its tabs. */
export function RobotFrame({ robotId, children }: { robotId: string; children: ReactNode }) {
  const t = useTranslations('robot')
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
          <Link href={`/dashboard/applications/${robot.applicationId}`} className="link">
            {robot.applicationName}
          </Link>
        </span>
      </PageHeader>
      <TabLinks
        label={t('tabs')}
        tabs={robotTabs.map((tab) => ({ href: `/dashboard/robots/${robotId}/${tab}`, text: t(`tab.${tab}`) }))}
      />
      {children}
    </>
  )
}
