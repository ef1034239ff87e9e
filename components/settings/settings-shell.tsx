'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/ui/page-header'
import { TabLinks } from '@/components/ui/tab-links'

const root = '/dashboard/settings'

/** The layout of the settings pages. */
export function SettingsShell({ children }: { children: ReactNode }) {
  const t = useTranslations('settings')
  const tabs = [
    { href: root, text: t('tab.account') },
    { href: `${root}/operators`, text: t('tab.operators') },
    { href: `${root}/connectors`, text: t('tab.connectors') },
    { href: `${root}/alerts`, text: t('tab.alerts') },
    { href: `${root}/retention`, text: t('tab.retention') },
    { href: `${root}/audit`, text: t('tab.audit') },
    { href: `${root}/system`, text: t('tab.system') },
  ]
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <TabLinks label={t('tabs')} tabs={tabs} />
      {children}
    </>
  )
}
