'use client'

import { CallbackTokenCard } from '@/components/application/callback-token-card'
import { TokenCard } from '@/components/application/token-card'
import { useApplication } from '@/components/application/use-application'

export function TokensTab({ applicationId }: { applicationId: string }) {
  const application = useApplication(applicationId)
  return (
    <div className="flex flex-col gap-6">
      <TokenCard application={application} />
      <CallbackTokenCard application={application} />
    </div>
  )
}
