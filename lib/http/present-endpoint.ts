import { z } from 'zod'
import type { Backlog } from '@/lib/callback/endpoint/health'
import type { EndpointRow } from '@/lib/callback/endpoint/find-endpoint'
import {
  type EndpointChange,
  type EndpointFields,
  endpointChange,
  endpointFields,
} from '@/lib/callback/endpoint/endpoint-fields'
import type { Endpoint } from '@/lib/callback/endpoint/list-endpoints'
import type { EndpointRef } from '@/lib/callback/delivery/lane'
import { maskUrl } from '@/lib/auth/mask-secrets'
import type { CreateEndpointParameters, UpdateEndpointParameters } from '@/lib/http/contract/endpoint-contracts'
import { describeIssue } from '@/lib/http/describe-issue'

/** The id of the default endpoint in the API. */
const defaultEndpointId = 'default'

/** Returns the endpoint that a path names. */
export function readEndpointRef(applicationId: string, id: string): EndpointRef {
  return { applicationId, endpointId: id === defaultEndpointId ? null : id }
}

type Settings = Pick<EndpointRow, 'eventTypes' | 'roomScope' | 'robotIds' | 'roomIds' | 'headerNames'> & {
  url: string | null
}

function presentSettings({ url, eventTypes, roomScope, robotIds, roomIds, headerNames }: Settings) {
  return {
    url: maskUrl(url ?? ''),
    events: eventTypes,
    room_scope: roomScope,
    robot_ids: robotIds ?? [],
    room_ids: roomIds ?? [],
    header_names: headerNames,
  }
}

/** Presents an additional endpoint. Its URL is masked, because it may contain a key. */
export function presentEndpoint({ id, name, ...settings }: EndpointRow) {
  return { id, name, ...presentSettings(settings) }
}

/** Presents an endpoint of any kind with its health. */
export function presentEndpointHealth(
  { endpointId, endpointName, state, failingSince, ...settings }: Endpoint,
  backlog?: Backlog,
) {
  return {
    id: endpointId ?? defaultEndpointId,
    name: endpointName ?? '',
    ...presentSettings(settings),
    status: state,
    failing_since: failingSince?.toISOString() ?? null,
    waiting_count: backlog?.count ?? 0,
  }
}

/** Reads a new endpoint. @throws INVALID_PARAMETER that names the parameter */
export function readEndpoint(parameters: CreateEndpointParameters): EndpointFields {
  return parsed(endpointFields, { ...parameters, ...toOurNames(parameters) })
}

/** Reads the change of an endpoint; undefined: unchanged. @throws INVALID_PARAMETER that names the parameter */
export function readEndpointChange(parameters: UpdateEndpointParameters): EndpointChange {
  return parsed(endpointChange, { ...parameters, ...toOurNames(parameters) })
}

function toOurNames({ events, room_scope, robot_ids, room_ids }: UpdateEndpointParameters) {
  return { eventTypes: events, roomScope: room_scope, robotIds: robot_ids, roomIds: room_ids }
}

const wireNames: Record<string, string> = {
  eventTypes: 'events',
  roomScope: 'room_scope',
  robotIds: 'robot_ids',
  roomIds: 'room_ids',
}

function parsed<Output>(schema: z.ZodType<Output>, given: object): Output {
  const result = schema.safeParse(given, { reportInput: true })
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = issue?.path.map((part) => wireNames[String(part)] ?? part)
  throw describeIssue(new z.ZodError(issue && path ? [{ ...issue, path }] : []))
}
