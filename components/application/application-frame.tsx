'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { applicationQuery } from '@/components/queries/queries'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { TabLinks } from '@/components/ui/tab-links'
import { applicationTabs } from './application-tabs'

/** What all pages of an application have in common: its name, whether it is in use, its tabs. */
export function ApplicationFrame({ applicationId, children }: { applicationId: string; children: ReactNode }) {
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
          <Badge tone={application.isDisabled ? 'warn' : 'ok'}>
            {t(application.isDisabled ? 'disabled' : 'enabled')}
          </Badge>
          <span className="font-mono text-sm break-all">{application.id}</span>
          <CopyButton text={application.id} look="quiet" label={t('copyId')} />
        </span>
      </PageHeader>
      {application.isDisabled && <p className="mb-5 rounded-lg bg-warn-soft px-4 py-3">{t('disabledMeans')}</p>}
      <TabLinks label={t('tabs')} tabs={tabs} />
      {children}
    </>
  )
}
