'use client'

import { EndpointCard } from '@/components/callback/endpoint-card'
import { CallbackForm } from './callback-form'
import { SigningSecretCard } from './signing-secret-card'
import { useApplication } from './use-application'

/** Where and of what an application is told, how that fares, and how it can be proved. */
export function CallbackTab({ applicationId }: { applicationId: string }) {
  const application = useApplication(applicationId)
  return (
    <div className="flex flex-col gap-6">
      <EndpointCard application={application} />
      <CallbackForm application={application} />
      <SigningSecretCard applicationId={applicationId} />
    </div>
  )
}
