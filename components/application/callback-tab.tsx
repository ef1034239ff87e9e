'use client'

import { EndpointCard } from '@/components/callback/endpoint-card'
import { CallbackForm } from '@/components/application/callback-form'
import { ExposedTokenWarning } from '@/components/application/exposed-token-warning'
import { SigningSecretCard } from '@/components/application/signing-secret-card'
import { MoreEndpoints } from '@/components/endpoint/more-endpoints'
import { useApplication } from '@/components/application/use-application'

/** Callback settings, endpoint health and the signing secret of an application. */
export function CallbackTab({ applicationId }: { applicationId: string }) {
  const application = useApplication(applicationId)
  return (
    <div className="flex flex-col gap-6">
      <ExposedTokenWarning applicationId={applicationId} isExposed={application.isAccessTokenExposed} />
      <EndpointCard application={application} />
      <CallbackForm application={application} />
      <MoreEndpoints applicationId={applicationId} />
      <SigningSecretCard applicationId={applicationId} />
    </div>
  )
}
