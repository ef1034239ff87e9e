import { listTroubledEndpoints, type TroubledEndpoint } from '@/lib/callback/list-endpoints'
import type { WebContext } from '@/lib/http/web-context'

export type EndpointView = Omit<TroubledEndpoint, 'failingSince' | 'heldUntil'> & {
  failingSince: string | null
  heldUntil: string | null
}

/** The endpoints that are paused or failing, those in trouble the longest first. */
export async function readEndpoints({ db }: WebContext): Promise<EndpointView[]> {
  return (await listTroubledEndpoints(db)).map((endpoint) => ({
    ...endpoint,
    failingSince: endpoint.failingSince?.toISOString() ?? null,
    heldUntil: viewHold(endpoint.heldUntil),
  }))
}

/** A hold that is over holds nothing: the next event is tried at once. */
export function viewHold(heldUntil: Date | null): string | null {
  return heldUntil && heldUntil.getTime() > Date.now() ? heldUntil.toISOString() : null
}
