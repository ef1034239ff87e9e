import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { createEndpoint, removeEndpoint, updateEndpoint } from '@/lib/callback/endpoint/change-endpoint'
import type { EndpointChange, EndpointFields } from '@/lib/callback/endpoint/endpoint-fields'
import { rotateEndpointSecret } from '@/lib/callback/endpoint/endpoint-secret'
import type { EndpointRow, EndpointTarget } from '@/lib/callback/endpoint/find-endpoint'
import { listFailingEndpoints } from '@/lib/callback/endpoint/list-endpoints'
import { resumeEndpoint } from '@/lib/callback/endpoint/pause'
import { type EndpointRef, healthIdOf } from '@/lib/callback/delivery/lane'
import { recordTestEvent } from '@/lib/callback/event/test-event'
import type { Tx } from '@/lib/db/client'
import { checkUrl } from '@/lib/egress/check-url'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { AppError } from '@/lib/errors'
import type { Sealer } from '@/lib/secret'

type Who = { actor: string; peerAddress?: string }
type Context = { egress: EgressPolicy; sealer: Sealer; who: Who }

/** Creates an additional endpoint and records it. @throws INVALID_PARAMETER for a URL that the egress rules forbid; as `createEndpoint` */
export async function addEndpoint(
  tx: Tx,
  { egress, sealer, who }: Context,
  { applicationId, fields }: { applicationId: string; fields: EndpointFields },
): Promise<{ endpoint: EndpointRow; signingSecret: string }> {
  await refuseUrl(egress, fields.url)
  const created = await createEndpoint(tx, { sealer, applicationId, fields })
  const detail = { applicationId, ...changeable(created.endpoint) }
  await recordAudit(tx, { ...who, action: 'endpoint.create', targetId: created.endpoint.id, detail })
  return created
}

/** Changes an additional endpoint and records it; an entry names changed headers, never their values. @throws as `addEndpoint` and `updateEndpoint` */
export async function changeEndpoint(
  tx: Tx,
  { egress, sealer, who }: Context,
  { change, ...target }: EndpointTarget & { change: EndpointChange },
): Promise<EndpointRow> {
  if (change.url !== undefined) await refuseUrl(egress, change.url)
  const { before, after, changedHeaders } = await updateEndpoint(tx, { sealer, change, ...target })
  const entry = { ...who, action: 'endpoint.update', targetId: after.id } as const
  if (changedHeaders.length > 0) await recordAudit(tx, { ...entry, detail: { changedHeaders } })
  await recordChange(tx, { ...entry, before: changeable(before), after: changeable(after) })
  return after
}

/** Removes an additional endpoint and records it. @throws NOT_FOUND */
export async function dropEndpoint(
  tx: Tx,
  { who }: Pick<Context, 'who'>,
  target: EndpointTarget,
): Promise<EndpointRow> {
  const endpoint = await removeEndpoint(tx, target)
  const { id: targetId, applicationId, name, url: callbackUrl } = endpoint
  await recordAudit(tx, { ...who, action: 'endpoint.remove', targetId, detail: { applicationId, name, callbackUrl } })
  return endpoint
}

/** Rotates the signing secret of an additional endpoint and records it. @throws NOT_FOUND */
export async function rollEndpointSecret(
  tx: Tx,
  { sealer, who }: Pick<Context, 'sealer' | 'who'>,
  { overlapSeconds, ...target }: EndpointTarget & { overlapSeconds: number },
): Promise<{ signingSecret: string; oldEndsAt: Date }> {
  const rotated = await rotateEndpointSecret(tx, { sealer, overlapSeconds, ...target })
  const entry = { ...who, action: 'endpoint.roll_signing_secret', targetId: target.endpointId } as const
  await recordAudit(tx, { ...entry, detail: { overlapSeconds } })
  return rotated
}

/** Resumes an endpoint of any kind and records it if it was paused or failing. @throws NOT_FOUND */
export async function resumeAndRecord(tx: Tx, { who }: Pick<Context, 'who'>, endpoint: EndpointRef): Promise<void> {
  const targetId = healthIdOf(endpoint)
  const isFailing = (await listFailingEndpoints(tx)).some(({ id }) => id === targetId)
  await resumeEndpoint(tx, endpoint)
  if (isFailing) await recordAudit(tx, { ...who, action: 'callback.resume', targetId })
}

/** Sends a test event to an endpoint of any kind and records it. @throws NOT_FOUND; ILLEGAL_ACTION if the application has no callback URL */
export async function testAndRecord(
  tx: Tx,
  { who }: Pick<Context, 'who'>,
  endpoint: EndpointRef,
): Promise<{ eventId: string }> {
  const { eventId } = await recordTestEvent(tx, endpoint)
  await recordAudit(tx, { ...who, action: 'callback.test', targetId: healthIdOf(endpoint), detail: { eventId } })
  return { eventId }
}

/** The parts of an endpoint that an audit entry compares. */
function changeable({ name, url, eventTypes, roomScope, robotIds, roomIds, headerNames }: EndpointRow) {
  return { name, callbackUrl: url, eventTypes, roomScope, robotIds, roomIds, headerNames }
}

/** A host that does not resolve now is accepted: each connection checks it again. */
async function refuseUrl(egress: EgressPolicy, url: string): Promise<void> {
  const checked = await checkUrl(egress, url)
  if (checked.ok) return
  const cause = checked.reason.sentence
  throw new AppError('INVALID_PARAMETER', { reason: 'callback_url_unusable', params: { cause }, parameter: 'url' })
}
