import { z } from 'zod'
import { composeAlert, composeRequest, type CallbackRequest } from '@/lib/callback/compose-request'
import { getEventOrThrow, type EventInPlace } from '@/lib/callback/get-event'
import { type CallbackAttempt, listAttempts } from '@/lib/callback/list-attempts'
import { eventSorts, listEventPage } from '@/lib/callback/list-event-page'
import type { NamedEvent } from '@/lib/callback/select-named-events'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import { callbackState } from '@/lib/db/schema/callback'
import { sentEventTypes } from '@/lib/db/types'
import type { WebContext } from '@/lib/http/web-context'
import type { Paged } from '@/lib/paging'
import { listQuery, rowsOf, sortQuery } from '../list-query'
import { momentText } from '../moment-text'

export type AttemptView = Omit<CallbackAttempt, 'startedAt'> & { startedAt: string }

export type CallbackView = Pick<
  NamedEvent,
  'id' | 'type' | 'state' | 'applicationId' | 'robotId' | 'roomId' | 'messageId' | 'attemptCount'
> & {
  applicationName: string
  robotName: string | null
  /** What was said, if it is about that. */
  excerpt: string | null
  createdAt: string
  finishedAt: string | null
  nextAttemptAt: string
}
export type ListedCallback = CallbackView & { lastAttempt: AttemptView | null }

export type CallbackDetail = CallbackView & {
  data: Record<string, unknown>
  sequence: number
  roomName: string | null
  aheadId: string | null
  attempts: AttemptView[]
  /** As it would go out now, its secrets masked; null = the application has no address. */
  request: CallbackRequest | null
}

export const callbackListQuery = listQuery({
  application: z.string().max(64).optional(),
  robot: z.string().max(64).optional(),
  replay: z.string().max(64).optional(),
  state: z.enum(callbackState.enumValues).optional(),
  type: z.enum(sentEventTypes).optional(),
  since: momentText.optional(),
  until: momentText.optional(),
  sort: sortQuery(eventSorts, '-created'),
})

/** A page of callbacks, each with its last try. */
export async function readCallbacks(
  { db }: WebContext,
  asked: z.output<typeof callbackListQuery>,
): Promise<Paged<ListedCallback>> {
  const { application: applicationId, robot: robotId, replay: replayId, q: search, ...filters } = asked
  const page = { ...filters, ...rowsOf(asked), applicationId, robotId, replayId, search }
  const { rows, total } = await listEventPage(db, page)
  return {
    rows: rows.map((event) => ({
      ...viewEvent(event),
      lastAttempt: event.lastAttempt && viewAttempt(event.lastAttempt),
    })),
    total,
  }
}

/** One callback with every try, the first first, and as it is sent. @throws AppError NOT_FOUND. */
export async function readCallback({ db }: WebContext, eventId: string): Promise<CallbackDetail> {
  const event = await getEventOrThrow(db, { eventId })
  const [attempts, application] = await Promise.all([
    listAttempts(db, eventId),
    getApplicationOrThrow(db, { applicationId: event.applicationId }),
  ])
  const lastTriedAt = attempts.at(-1)?.startedAt ?? new Date()
  return {
    ...viewEvent(event),
    data: event.data,
    sequence: event.sequence,
    roomName: event.roomName,
    aheadId: event.aheadId,
    attempts: attempts.map(viewAttempt),
    request: viewRequest(event, application.callbackUrl, lastTriedAt),
  }
}

function viewRequest(event: EventInPlace, callbackUrl: string | null, at: Date): CallbackRequest | null {
  // The operators' own address often is a secret itself.
  if (event.type === 'endpoint_paused') return composeAlert(event, '$ALERT_WEBHOOK_URL')
  const url = event.loginUrl ?? (callbackUrl && new URL(callbackUrl).href)
  if (!url) return null
  const masked = { token: () => '$TOKEN', sign: () => 'v1,$SIGNATURE' }
  return composeRequest(event, { url, isGet: event.loginUrl !== null, nowMs: at.getTime(), ...masked })
}

function viewEvent(event: NamedEvent): CallbackView {
  const { content } = event.data
  return {
    id: event.id,
    type: event.type,
    state: event.state,
    applicationId: event.applicationId,
    applicationName: event.applicationName ?? '',
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

function viewAttempt(attempt: CallbackAttempt): AttemptView {
  return { ...attempt, startedAt: attempt.startedAt.toISOString() }
}
