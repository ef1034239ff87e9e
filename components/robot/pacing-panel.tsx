'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { pacingQuery, maxShownMessages } from '@/components/queries/pacing-queries'
import { ErrorState } from '@/components/ui/error-state'
import { PacingCommands } from '@/components/robot/pacing-commands'
import { PacingForm } from '@/components/robot/pacing-form'
import { PacingQueue } from '@/components/robot/pacing-queue'
import { PacingSent } from '@/components/robot/pacing-sent'

/** The send queue of a robot, its send rate, and its pending commands. */
export function PacingPanel({ robotId }: { robotId: string }) {
  const [limit, setLimit] = useState(maxShownMessages)
  const { data: pacing, error, refetch } = useQuery(pacingQuery(robotId, limit))
  if (!pacing) return error && <ErrorState error={error} onRetry={refetch} />
  const { ratePerMinute, jitterPercent } = pacing
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_320px]">
      <PacingQueue robotId={robotId} pacing={pacing} onMore={() => setLimit(limit + 100)} />
      <div className="flex min-w-0 flex-col gap-6 lg:sticky lg:top-20">
        <PacingSent sent={pacing.sent} ratePerMinute={ratePerMinute} />
        <PacingForm
          key={`${ratePerMinute} ${jitterPercent}`}
          robotId={robotId}
          pace={{ ratePerMinute, jitterPercent }}
        />
        <PacingCommands commands={pacing.commands} />
      </div>
    </div>
  )
}
