'use client'

import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '@/components/ui/error-state'
import { AlertList } from '@/components/alert/alert-list'
import { alertsQuery } from '@/components/alert/alert-queries'
import { ChannelList } from '@/components/alert/channel-list'
import { ThresholdsForm } from '@/components/alert/thresholds-form'

/** The alerts of the installation: where they are sent to, when they open, and the latest ones. */
export function AlertsPanel() {
  const { data, error, refetch } = useQuery(alertsQuery())
  if (!data) return error && <ErrorState error={error} onRetry={refetch} />
  return (
    <div className="flex flex-col gap-6">
      <ChannelList channels={data.channels} robots={data.ownerRobots} isVariableSet={data.isVariableSet} />
      <AlertList alerts={data.alerts} />
      <ThresholdsForm thresholds={data.thresholds} />
    </div>
  )
}
