import type { EndpointSummary } from '@/lib/dashboard/callback/endpoints'
import { StateBadge } from '@/components/state/state-badge'

/** The status badge of an endpoint; a disabled application receives nothing. */
export function EndpointState({ endpoint }: { endpoint: Pick<EndpointSummary, 'state' | 'isDisabled' | 'url'> }) {
  if (endpoint.isDisabled) return <StateBadge kind="endpoint" state="disabled" />
  return <StateBadge kind="endpoint" state={endpoint.url ? endpoint.state : 'none'} />
}
