'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { applicationQuery } from '@/components/queries/queries'
import { StateBadge } from '@/components/state/state-badge'
import { CopyIcon } from '@/components/ui/copy-icon'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { TabLinks } from '@/components/ui/tab-links'

/** The pages of an application, with their path below the application; "" is the first. */
const applicationTabs = ['', 'tokens', 'robots', 'replies', 'samples', 'settings'] as const

/** The layout of an application's pages: name, status, tabs. */
export function ApplicationShell({ applicationId, children }: { applicationId: string; children: ReactNode }) {
  const t = useTranslations('application')
  const { data: application, error, refetch } = useQuery(applicationQuery(applicationId))
  if (!application) return error && <ErrorState error={error} onRetry={refetch} />
  const root = `/dashboard/applications/${applicationId}`
  const tabs = applicationTabs.map((tab) => ({
    href: tab ? `${root}/${tab}` : root,
    text: t(`tab.${tab || 'callback'}`),
  }))
  return (
    <>
      <PageHeader title={application.name}>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <StateBadge kind="application" state={application.isDisabled ? 'disabled' : 'enabled'} />
          <span className="flex items-center gap-1">
            <span className="font-mono text-sm break-all">{application.id}</span>
            <CopyIcon text={application.id} label={t('copyId')} />
          </span>
        </span>
      </PageHeader>
      {application.isDisabled && <p className="mb-5 rounded-lg bg-warn-soft px-4 py-3">{t('disabledMeans')}</p>}
      <TabLinks label={t('tabs')} tabs={tabs} />
      {children}
    </>
  )
}
