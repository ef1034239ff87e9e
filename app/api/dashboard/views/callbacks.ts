import { listAttempts, listCallbackEvents } from '@/lib/callback/list-events'
import type { WebContext } from '@/lib/http/web-context'

type Event = Awaited<ReturnType<typeof listCallbackEvents>>[number]
type Attempt = Awaited<ReturnType<typeof listAttempts>>[number]

export type AttemptView = Omit<Attempt, 'startedAt'> & { startedAt: string }
export type CallbackView = Pick<
  Event,
  'id' | 'sequence' | 'type' | 'state' | 'applicationId' | 'robotId' | 'attemptCount' | 'data'
> & { createdAt: string; nextAttemptAt: string; lastAttempt: AttemptView | null }

/** So many callbacks a page. */
const pageSize = 50

/** Callbacks, newest first, a page at a time. */
export async function readCallbacks(
  { db }: WebContext,
  filter: { applicationId?: string; state?: Event['state']; beforeSequence?: number },
): Promise<CallbackView[]> {
  const events = await listCallbackEvents(db, { ...filter, limit: pageSize })
  return events.map((event) => ({
    id: event.id,
    sequence: event.sequence,
    type: event.type,
    state: event.state,
    applicationId: event.applicationId,
    robotId: event.robotId,
    attemptCount: event.attemptCount,
    data: event.data,
    createdAt: event.createdAt.toISOString(),
    nextAttemptAt: event.nextAttemptAt.toISOString(),
    lastAttempt: event.lastAttempt && viewAttempt(event.lastAttempt),
  }))
}

/** Every try of a callback, the first first. */
export async function readAttempts({ db }: WebContext, eventId: string): Promise<AttemptView[]> {
  return (await listAttempts(db, eventId)).map(viewAttempt)
}

function viewAttempt(attempt: Attempt): AttemptView {
  return { ...attempt, startedAt: attempt.startedAt.toISOString() }
}
