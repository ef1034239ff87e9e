'use client'

import { useFormatter, useTranslations } from 'use-intl'
import { Card } from '@/components/ui/card'
import { DefaultConnection } from '@/components/application/default-connection'
import { DisableApplication } from '@/components/application/disable-application'
import { RenameApplication } from '@/components/application/rename-application'
import { useApplication } from '@/components/application/use-application'

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
      <DefaultConnection applicationId={applicationId} />
      <DisableApplication application={application} />
    </div>
  )
}
