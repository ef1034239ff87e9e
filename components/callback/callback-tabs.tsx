'use client'

import { useTranslations } from 'use-intl'
import { TabLinks } from '@/components/ui/tab-links'

export function CallbackTabs() {
  const t = useTranslations('callback')
  return (
    <TabLinks
      label={t('title')}
      tabs={[
        { href: '/dashboard/callbacks', text: t('tab.events') },
        { href: '/dashboard/callbacks/endpoints', text: t('tab.endpoints') },
      ]}
    />
  )
}
