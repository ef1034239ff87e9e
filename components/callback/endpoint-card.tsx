'use client'

import { useTranslations } from 'use-intl'
import type { ApplicationDetail } from '@/app/api/dashboard/views/applications'
import { useCanChange } from '@/components/frame/role-context'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EndpointNotice } from './endpoint-notice'
import { TestEvent } from './test-event'

/** How an application's endpoint fares, and a test of it. */
export function EndpointCard({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('endpoint')
  const canChange = useCanChange()
  return (
    <Card
      title={t('title')}
      hint={t('hint')}
      action={
        <span className="flex flex-wrap gap-1">
          <ButtonLink look="quiet" href={`/dashboard/callbacks/endpoints/${application.id}`}>
            {t('seeHealth')}
          </ButtonLink>
          <ButtonLink look="quiet" href={`/dashboard/callbacks?application=${application.id}`}>
            {t('seeCallbacks')}
          </ButtonLink>
        </span>
      }
    >
      <div className="flex flex-col gap-4">
        <EndpointNotice applicationId={application.id} />
        {canChange && <TestEvent applicationId={application.id} isDisabled={!application.callbackUrl} />}
      </div>
    </Card>
  )
}
