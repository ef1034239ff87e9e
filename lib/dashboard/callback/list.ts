import { z } from 'zod'
import type { Operator } from '@/lib/auth/get-operator'
import type { CallbackAttempt, NamedEvent } from '@/lib/callback/event/get-event'
import { eventSorts, listEventPage } from '@/lib/callback/event/list-events'
import { callbackState } from '@/lib/db/schema/callback'
import { sentEventTypes } from '@/lib/db/types'
import { type Failure, readFailure } from '@/lib/i18n/read-sentence'
import type { Paged } from '@/lib/paging'
import { listQuery, rowsOf, sortQuery } from '@/lib/dashboard/list-query'
import { timestampSchema } from '@/lib/dashboard/timestamp'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { maskFor } from '@/lib/auth/mask-secrets'

export type AttemptView = Omit<CallbackAttempt, 'startedAt' | 'error' | 'errorReason' | 'errorParams'> & {
  startedAt: string
  error: Failure
}

export type CallbackView = Pick<
  NamedEvent,
  | 'id'
  | 'type'
  | 'state'
  | 'applicationId'
  | 'endpointId'
  | 'endpointName'
  | 'robotId'
  | 'roomId'
  | 'messageId'
  | 'attemptCount'
> & {
  applicationName: string
  robotName: string | null
  /** The start of the message content; null: the event has none. */
  excerpt: string | null
  createdAt: string
  finishedAt: string | null
  nextAttemptAt: string
}

export type ListedCallback = CallbackView & { lastAttempt: AttemptView | null }

export const callbackListQuery = listQuery({
  application: z.string().max(64).optional(),
  /** `default`: the default endpoint and logins. */
  endpoint: z.string().max(64).optional(),
  robot: z.string().max(64).optional(),
  replay: z.string().max(64).optional(),
  state: z.enum(callbackState.enumValues).optional(),
  type: z.enum(sentEventTypes).optional(),
  since: timestampSchema.optional(),
  until: timestampSchema.optional(),
  sort: sortQuery(eventSorts, '-created'),
})

/** Returns a page of callbacks, each with its last attempt. */
export async function readCallbacks(
  { db, operator }: ViewContext,
  query: z.output<typeof callbackListQuery>,
): Promise<Paged<ListedCallback>> {
  const { application: applicationId, endpoint, robot: robotId, replay: replayId, q: search, ...filters } = query
  // A search must not reveal what is masked.
  const isAttemptSearched = operator.role === 'admin'
  const endpointId = endpoint === undefined ? undefined : endpoint === 'default' ? null : endpoint
  const page = { ...filters, ...rowsOf(query), applicationId, endpointId, robotId, replayId, search, isAttemptSearched }
  const { rows, total } = await listEventPage(db, page)
  return {
    rows: rows.map((event) => ({
      ...viewEvent(event),
      lastAttempt: event.lastAttempt && viewAttempt(operator, event.lastAttempt),
    })),
    total,
  }
}

export function viewEvent(event: NamedEvent): CallbackView {
  const { content } = event.data
  return {
    id: event.id,
    type: event.type,
    state: event.state,
    applicationId: event.applicationId,
    applicationName: event.applicationName ?? '',
    endpointId: event.endpointId,
    endpointName: event.endpointName,
    robotId: event.robotId,
    robotName: event.robotNickname || event.robotUsername,
    roomId: event.roomId,
    messageId: event.messageId,
    attemptCount: event.attemptCount,
    excerpt: typeof content === 'string' ? content.slice(0, 100) : null,
    createdAt: event.createdAt.toISOString(),
    finishedAt: event.finishedAt?.toISOString() ?? null,
    nextAttemptAt: event.nextAttemptAt.toISOString(),
  }
}

/** Presents an attempt, masked: a response may echo the request, including the token. */
export function viewAttempt(operator: Operator, attempt: CallbackAttempt): AttemptView {
  const { error, errorReason, errorParams, ...shown } = maskFor(operator, attempt)
  const failure = readFailure({ text: error, reason: errorReason, params: errorParams })
  return { ...shown, startedAt: attempt.startedAt.toISOString(), error: failure }
}
