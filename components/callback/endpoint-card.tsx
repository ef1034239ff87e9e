'use client'

import { useTranslations } from 'use-intl'
import type { ApplicationDetail } from '@/lib/dashboard/application/detail'
import { useCanChange } from '@/components/shell/role-context'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EndpointNotice } from '@/components/callback/endpoint-notice'
import { TestEvent } from '@/components/callback/test-event'

/** The health of an application's endpoint, and a test event. */
export function EndpointCard({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('endpoint')
  const canChange = useCanChange()
  return (
    <Card
      title={t('title')}
      hint={t('hint')}
      action={
        <span className="flex flex-wrap gap-1">
          <ButtonLink variant="quiet" href={`/dashboard/callbacks/endpoints/${application.id}`}>
            {t('seeHealth')}
          </ButtonLink>
          <ButtonLink variant="quiet" href={`/dashboard/callbacks?application=${application.id}`}>
            {t('seeCallbacks')}
          </ButtonLink>
        </span>
      }
    >
      <div className="flex flex-col gap-4">
        <EndpointNotice healthId={application.id} />
        {canChange && <TestEvent applicationId={application.id} isDisabled={!application.callbackUrl} />}
      </div>
    </Card>
  )
}
