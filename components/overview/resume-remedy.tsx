'use client'

import { useTranslations } from 'use-intl'
import type { EndpointView } from '@/app/api/dashboard/views/endpoints'
import { callDashboard } from '@/components/queries/call-dashboard'
import { endpointsQuery } from '@/components/queries/endpoint-queries'
import { overviewQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'

/** Lets an endpoint's events go out again, at once. */
export function ResumeRemedy({ endpoint }: { endpoint: EndpointView }) {
  const t = useTranslations('endpoint')
  const resume = useAct({
    call: () => callDashboard(`/applications/${endpoint.applicationId}/endpoint/resume`, 'POST'),
    done: t('resumed'),
    refresh: [endpointsQuery().queryKey, overviewQuery().queryKey],
  })
  return (
    <Button isBusy={resume.isPending} onClick={() => resume.mutate()}>
      {t(endpoint.state === 'paused' ? 'resume' : 'tryNow')}
    </Button>
  )
}
