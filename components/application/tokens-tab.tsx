'use client'

import { CallbackTokenCard } from './callback-token-card'
import { TokenCard } from './token-card'
import { useApplication } from './use-application'

/** An application's access tokens, and the one that its callbacks repeat. */
export function TokensTab({ applicationId }: { applicationId: string }) {
  const application = useApplication(applicationId)
  return (
    <div className="flex flex-col gap-6">
      <TokenCard application={application} />
      <CallbackTokenCard application={application} />
    </div>
  )
}
