'use client'

import clsx from 'clsx'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { robotQuery } from '@/components/queries/queries'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { robotName } from './robot-name'
import { RobotStatus } from './robot-status'
import { robotTabs } from './robot-tabs'

/** What all pages of a robot have in common: its name, its live state, its tabs. */
export function RobotFrame({ robotId, children }: { robotId: string; children: ReactNode }) {
  const t = useTranslations('robot')
  const pathname = usePathname()
  const { data: robot, error, refetch } = useQuery(robotQuery(robotId))
  if (!robot) return error && <ErrorState error={error} onRetry={refetch} />
  return (
    <>
      <PageHeader title={robotName(robot)}>
        <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <output>
            <RobotStatus robot={robot} isDetailed />
          </output>
          <span className="font-mono text-sm">{robot.username}</span>
          <Link href={`/dashboard/applications/${robot.applicationId}`} className="link">
            {robot.applicationName}
          </Link>
        </span>
      </PageHeader>
      <nav aria-label={t('tabs')} className="mb-6 flex gap-1 overflow-x-auto border-b border-subtle">
        {robotTabs.map((tab) => {
          const href = `/dashboard/robots/${robotId}/${tab}`
          const isHere = pathname === href
          return (
            <Link
              key={tab}
              href={href}
              aria-current={isHere ? 'page' : undefined}
              className={clsx(
                '-mb-px border-b-2 px-3 py-2 whitespace-nowrap',
                isHere ? 'border-accent font-medium' : 'border-transparent text-muted hover:text-ink',
              )}
            >
              {t(`tab.${tab}`)}
            </Link>
          )
        })}
      </nav>
      {children}
    </>
  )
}
