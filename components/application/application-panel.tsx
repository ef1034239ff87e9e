'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { EndpointCard } from '@/components/callback/endpoint-card'
import { applicationQuery } from '@/components/queries/queries'
import { Badge } from '@/components/ui/badge'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { ApplicationRobots } from './application-robots'
import { CallbackForm } from './callback-form'
import { CallbackTokenCard } from './callback-token-card'
import { CurlSamples } from './curl-samples'
import { TokenCard } from './token-card'

export function ApplicationPanel({ applicationId }: { applicationId: string }) {
  const t = useTranslations('application')
  const { data: application, error, refetch } = useQuery(applicationQuery(applicationId))
  if (!application) return error && <ErrorState error={error} onRetry={refetch} />
  return (
    <>
      <PageHeader
        title={
          <>
            {application.name} {application.isDisabled && <Badge tone="warn">{t('disabled')}</Badge>}
          </>
        }
      >
        <span className="font-mono text-sm">{application.id}</span>
      </PageHeader>
      <div className="flex flex-col gap-6">
        <TokenCard application={application} />
        <CallbackForm key={application.callbackUrl} application={application} />
        <CallbackTokenCard application={application} />
        <EndpointCard application={application} />
        <ApplicationRobots applicationId={applicationId} />
        <CurlSamples application={application} />
      </div>
    </>
  )
}
