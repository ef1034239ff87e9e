import type { Operator } from '@/lib/auth/get-operator'
import { composeAlert, composeRequest, type CallbackRequest } from '@/lib/callback/delivery/request'
import { orderData } from '@/lib/callback/event/data-fields'
import { getEventOrThrow, type EventWithRoom, listAttempts } from '@/lib/callback/event/get-event'
import { type Endpoint, getEndpointOrThrow } from '@/lib/callback/endpoint/list-endpoints'
import { healthIdOf } from '@/lib/callback/delivery/lane'
import { AppError } from '@/lib/errors'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { maskFor, maskUrlFor } from '@/lib/auth/mask-secrets'
import { type AttemptView, type CallbackView, viewEvent, viewAttempt } from '@/lib/dashboard/callback/list'

export type CallbackDetail = CallbackView & {
  data: Record<string, unknown>
  sequence: number
  roomName: string | null
  aheadId: string | null
  attempts: AttemptView[]
  /** The request as it would be sent now, secrets masked; null: the application has no callback URL, or the endpoint was removed. */
  request: CallbackRequest | null
}

/** Returns one callback with its request and all attempts, oldest first. @throws AppError NOT_FOUND. */
export async function readCallback({ db, operator }: ViewContext, eventId: string): Promise<CallbackDetail> {
  const event = await getEventOrThrow(db, { eventId })
  const [attempts, endpoint] = await Promise.all([
    listAttempts(db, eventId),
    getEndpointOrThrow(db, { healthId: healthIdOf(event) }).catch(nullIfRemoved),
  ])
  const data = orderData(event.type, event.data)
  const lastTriedAt = attempts.at(-1)?.startedAt ?? new Date()
  return {
    ...viewEvent(event),
    data: event.type === 'endpoint_paused' ? maskFor(operator, data) : data,
    sequence: event.sequence,
    roomName: event.roomName,
    aheadId: event.aheadId,
    attempts: attempts.map((attempt) => viewAttempt(operator, attempt)),
    request: viewRequest(operator, event, endpoint, lastTriedAt),
  }
}

function nullIfRemoved(error: unknown): null {
  if (error instanceof AppError && error.code === 'NOT_FOUND') return null
  throw error
}

function viewRequest(
  operator: Operator,
  event: EventWithRoom,
  endpoint: Pick<Endpoint, 'url' | 'headerNames'> | null,
  at: Date,
): CallbackRequest | null {
  // The URL of the operators' alert webhook is often a secret itself.
  if (event.type === 'endpoint_paused') return maskFor(operator, composeAlert(event, '$ALERT_WEBHOOK_URL'))
  const loginUrl = event.endpointId === null ? event.loginUrl : null
  const url = loginUrl ?? (endpoint?.url && new URL(endpoint.url).href)
  if (!url) return null
  const masked = {
    token: event.endpointId === null ? () => '$TOKEN' : null,
    sign: () => 'v1,$SIGNATURE',
    headers: Object.fromEntries((endpoint?.headerNames ?? []).map((name) => [name, '•••'])),
  }
  const request = composeRequest(event, { url, isGet: loginUrl !== null, nowMs: at.getTime(), ...masked })
  return { ...request, url: maskUrlFor(operator, request.url) }
}
