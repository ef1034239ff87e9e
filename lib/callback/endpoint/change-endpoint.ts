import { and, count, eq, inArray, isNull, sql } from 'drizzle-orm'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import { endpointLane } from '@/lib/callback/delivery/lane'
import type { EndpointChange, EndpointFields } from '@/lib/callback/endpoint/endpoint-fields'
import {
  endpointNotFound,
  type EndpointRow,
  type EndpointTarget,
  getAdditionalEndpointOrThrow,
  isTarget,
} from '@/lib/callback/endpoint/find-endpoint'
import { openHeaders, sealHeaders } from '@/lib/callback/endpoint/headers'
import { wakeLaneAfterCommit } from '@/lib/db/after-commit'
import type { Tx } from '@/lib/db/client'
import { lockKey } from '@/lib/db/lock-key'
import { applicationEndpoints } from '@/lib/db/schema/endpoint'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { newSigningSecret, type Sealer } from '@/lib/secret'

/** Maximum additional endpoints of an application: each event is a row per endpoint. */
export const maxEndpoints = 10

/**
 * Creates an additional endpoint and returns its signing secret. It receives events from now on.
 * @throws NOT_FOUND; ILLEGAL_ACTION at the maximum number; INVALID_PARAMETER for robots or rooms that the application lacks, or a
 * header without a value
 */
export async function createEndpoint(
  tx: Tx,
  { sealer, applicationId, fields }: { sealer: Sealer; applicationId: string; fields: EndpointFields },
): Promise<{ endpoint: EndpointRow; signingSecret: string }> {
  await getApplicationOrThrow(tx, { applicationId })
  await lockKey(tx, `endpoints:${applicationId}`)
  const [counted] = await tx
    .select({ count: count() })
    .from(applicationEndpoints)
    .where(eq(applicationEndpoints.applicationId, applicationId))
  if ((counted?.count ?? 0) >= maxEndpoints)
    throw new AppError('ILLEGAL_ACTION', { reason: 'endpoint_limit', params: { max: maxEndpoints } })
  const { headers, ...shown } = await withFilters(tx, { applicationId, ...fields })
  const endpointId = newId('endpoint')
  const signingSecret = newSigningSecret()
  await tx.insert(applicationEndpoints).values({
    ...shown,
    ...toColumns(sealer, { endpointId, headers: completeHeaders(headers, {}) }),
    id: endpointId,
    applicationId,
    signingSecretSealed: sealer.seal(signingSecret, `endpoint.signing:${endpointId}`),
  })
  return { endpoint: await getAdditionalEndpointOrThrow(tx, { endpointId }), signingSecret }
}

/**
 * Changes the given fields of an additional endpoint. A new URL resets its health; events that wait go to the new URL.
 * @throws NOT_FOUND; INVALID_PARAMETER as `createEndpoint`, or when another host would receive stored header values
 */
export async function updateEndpoint(
  tx: Tx,
  { sealer, change, ...target }: EndpointTarget & { sealer: Sealer; change: EndpointChange },
): Promise<{ before: EndpointRow; after: EndpointRow; changedHeaders: string[] }> {
  const before = await getAdditionalEndpointOrThrow(tx, target)
  const [row] = await tx.select().from(applicationEndpoints).where(isTarget(target)).for('update')
  if (!row) throw endpointNotFound()
  const { id: endpointId, applicationId, headersSealed } = row
  const { headers, ...shown } = await withFilters(tx, { applicationId, ...change })
  const stored = openHeaders(sealer, { endpointId, headersSealed })
  const given = headers ?? Object.keys(stored).map((name) => ({ name, value: '' }))
  const isMoved = change.url !== undefined && new URL(change.url).origin !== new URL(row.url).origin
  const kept = given.find(({ value }) => value === '')
  // Otherwise a change of the URL alone would show the values to another host.
  if (isMoved && kept)
    throw new AppError('INVALID_PARAMETER', {
      reason: 'endpoint_header_again',
      params: { name: kept.name },
      parameter: 'headers',
    })
  const columns = headers && toColumns(sealer, { endpointId, headers: completeHeaders(headers, stored) })
  const set = { ...shown, ...columns }
  if (Object.values(set).some((value) => value !== undefined))
    await tx.update(applicationEndpoints).set(set).where(isTarget(target))
  const after = await getAdditionalEndpointOrThrow(tx, target)
  return { before, after, changedHeaders: (headers ?? []).filter(({ value }) => value).map(({ name }) => name) }
}

/**
 * Removes an additional endpoint with its secrets. Its history stays; events that wait die with their next attempt, which is due now,
 * except those that a worker attempts. @throws NOT_FOUND
 */
export async function removeEndpoint(tx: Tx, target: EndpointTarget): Promise<EndpointRow> {
  const endpoint = await getAdditionalEndpointOrThrow(tx, target)
  await tx.delete(applicationEndpoints).where(isTarget(target))
  const lane = endpointLane({ applicationId: endpoint.applicationId, endpointId: endpoint.id })
  // An earlier time may be a worker's claim.
  await tx.execute(sql`
    update callback_events set next_attempt_at = clock_timestamp()
      where lane = ${lane} and state = 'pending' and next_attempt_at > clock_timestamp() + interval '30 seconds'`)
  wakeLaneAfterCommit(tx, lane)
  return endpoint
}

type Headers = { name: string; value: string }[]

/** Returns all headers with their values; an empty value is that of the stored header. @throws INVALID_PARAMETER if there is none */
function completeHeaders(headers: Headers, stored: Record<string, string>): Record<string, string> {
  const byName = new Map(Object.entries(stored).map(([name, value]) => [name.toLowerCase(), value]))
  return Object.fromEntries(
    headers.map(({ name, value }) => {
      const complete = value || byName.get(name.toLowerCase())
      if (complete) return [name, complete]
      throw new AppError('INVALID_PARAMETER', {
        reason: 'endpoint_header_empty',
        params: { name },
        parameter: 'headers',
      })
    }),
  )
}

function toColumns(sealer: Sealer, { endpointId, headers }: { endpointId: string; headers: Record<string, string> }) {
  return { headerNames: Object.keys(headers), headersSealed: sealHeaders(sealer, { endpointId, headers }) }
}

/** Returns the fields with the robots and rooms as they are stored: null for an empty list. Of its own application only. */
async function withFilters<Fields extends EndpointChange>(
  tx: Tx,
  { applicationId, ...fields }: Fields & { applicationId: string },
) {
  const { robotIds, roomIds } = fields
  const isOwn = and(eq(robots.applicationId, applicationId), isNull(robots.deletedAt))
  if (robotIds?.length) {
    const known = await tx
      .select({ id: robots.id })
      .from(robots)
      .where(and(isOwn, inArray(robots.id, robotIds)))
    refuseUnknown('robotIds', robotIds, known)
  }
  if (roomIds?.length) {
    const known = await tx
      .select({ id: rooms.id })
      .from(rooms)
      .innerJoin(robots, eq(robots.id, rooms.robotId))
      .where(and(isOwn, inArray(rooms.id, roomIds)))
    refuseUnknown('roomIds', roomIds, known)
  }
  return {
    ...(fields as Omit<Fields, 'applicationId'>),
    ...(robotIds && { robotIds: listOrNull(robotIds) }),
    ...(roomIds && { roomIds: listOrNull(roomIds) }),
  }
}

function listOrNull(ids: string[]): string[] | null {
  return ids.length > 0 ? [...new Set(ids)] : null
}

function refuseUnknown(parameter: 'robotIds' | 'roomIds', ids: string[], known: { id: string }[]): void {
  const unknown = ids.filter((id) => !known.some((row) => row.id === id))
  if (unknown.length === 0) return
  const reason = parameter === 'robotIds' ? 'token_robots_unknown' : 'endpoint_rooms_unknown'
  throw new AppError('INVALID_PARAMETER', { reason, params: { ids: unknown.slice(0, 5).join(', ') }, parameter })
}
