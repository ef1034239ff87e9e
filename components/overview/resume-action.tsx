'use client'

import { useTranslations } from 'use-intl'
import type { FailingEndpointView } from '@/lib/dashboard/callback/endpoints'
import { endpointsQuery } from '@/components/queries/endpoint-queries'
import { overviewQuery } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'

/** Resumes an endpoint immediately. */
export function ResumeAction({ endpoint }: { endpoint: FailingEndpointView }) {
  const t = useTranslations('endpoint')
  const resume = useAction({
    call: (_input, send) =>
      endpoint.endpointId
        ? send('POST', '/endpoints/[endpointId]/resume', { ids: { endpointId: endpoint.endpointId } })
        : send('POST', '/applications/[applicationId]/endpoint/resume', {
            ids: { applicationId: endpoint.applicationId },
          }),
    done: t('resumed'),
    refresh: [endpointsQuery().queryKey, overviewQuery().queryKey],
  })
  return (
    <Button isBusy={resume.isPending} onClick={() => resume.mutate()}>
      {t(endpoint.state === 'paused' ? 'resume' : 'tryNow')}
    </Button>
  )
}
