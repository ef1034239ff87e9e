'use client'

import { useFormatter, useTranslations } from 'use-intl'
import { Card } from '@/components/ui/card'
import { DisableApplication } from './disable-application'
import { RenameApplication } from './rename-application'
import { useApplication } from './use-application'

/** An application's name, and whether it is in use. */
export function SettingsTab({ applicationId }: { applicationId: string }) {
  const t = useTranslations('application')
  const format = useFormatter()
  const application = useApplication(applicationId)
  return (
    <div className="flex max-w-[720px] flex-col gap-6">
      <Card title={t('basics')}>
        <RenameApplication application={application} />
        <p className="mt-4 text-sm text-muted">
          {t('createdOn', { date: format.dateTime(new Date(application.createdAt), { dateStyle: 'medium' }) })}
        </p>
      </Card>
      <DisableApplication application={application} />
    </div>
  )
}
