import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { storableParams } from '@/lib/db/reason-columns'
import { conversationEntries, conversations } from '@/lib/db/schema/conversation'
import type { ServiceState } from '@/lib/db/types'
import type { Failure } from '@/lib/errors'
import { announceChange } from '@/lib/queue/reply'
import type { Sentence } from '@/lib/sentence'

/** After a failed request, the next one. */
const retrySeconds = 20
/** By then the service has ended the conversation itself. */
const maxAgeHours = 48
const now = sql`clock_timestamp()`

/** SQL: the end of a conversation has to be requested in the service now. */
export const isEndDue = lte(conversations.serviceEndAt, now)

/** Returns the conversation of a robot whose end has to be requested in the service next; null: none. Spec: F4 (handover). */
export async function nextServiceEnd(
  db: Db,
  { robotId }: { robotId: string },
): Promise<{ conversationId: string; peerUsername: string } | null> {
  const [due] = await db
    .select({ conversationId: conversations.id, peerUsername: conversations.peerUsername })
    .from(conversations)
    .where(and(eq(conversations.robotId, robotId), isEndDue, isNotNull(conversations.peerUsername)))
    .orderBy(asc(conversations.serviceEndAt))
    .limit(1)
  return due ? { ...due, peerUsername: due.peerUsername ?? '' } : null
}

/** `state` null: the robot has the conversation. */
type Outcome = { outcome: 'done'; state: ServiceState | null } | ({ outcome: 'refused' | 'unsent' } & Failure)

/**
 * Records what the service answered to the request for an end. `unsent`: it could not be asked, and is asked again until it has ended the
 * conversation itself. A refusal is shown in the conversation. Spec: F4 (handover).
 */
export async function recordServiceEnd(
  tx: Tx,
  { conversationId, outcome: end }: { conversationId: string; outcome: Outcome },
): Promise<void> {
  const isIt = and(eq(conversations.id, conversationId), isNotNull(conversations.serviceEndAt))
  if (end.outcome === 'unsent') {
    const isOld = sql`${conversations.serviceStateAt} < ${now} - make_interval(hours => ${maxAgeHours})`
    const again = sql`case when ${isOld} then null else ${now} + make_interval(secs => ${retrySeconds}) end`
    await tx.update(conversations).set({ serviceEndAt: again }).where(isIt)
    return
  }
  const recorded = await tx
    .update(conversations)
    .set({ serviceEndAt: null })
    .where(isIt)
    .returning({ id: conversations.id })
  // The service has announced the end meanwhile, and the person may have written again.
  if (recorded.length === 0) return
  if (end.outcome === 'done') return noteServiceState(tx, { conversationId, state: end.state })
  const detail = { refusal: storable(end.sentence), isEnd: true }
  await tx.insert(conversationEntries).values({ conversationId, kind: 'service_refused', detail })
  await announceChange(tx, conversationId)
}

/**
 * Notes who has a conversation in the service; null: the robot. A conversation that was closed here meanwhile is ended there as well, and
 * one that has ended there needs no request.
 */
export async function noteServiceState(
  tx: Tx,
  { conversationId, state }: { conversationId: string; state: ServiceState | null },
): Promise<void> {
  const isHeld = state === 'queue' || state === 'employee'
  const serviceEndAt = isHeld
    ? sql`case when ${conversations.state} = 'closed' then coalesce(${conversations.serviceEndAt}, ${now}) end`
    : null
  await tx
    .update(conversations)
    .set({ serviceState: state, serviceStateAt: now, serviceEndAt })
    .where(eq(conversations.id, conversationId))
  await announceChange(tx, conversationId)
}

/** Returns a sentence as a row keeps it. */
export function storable(sentence: Sentence): Sentence {
  const params = storableParams(sentence)
  return params ? { reason: sentence.reason, params } : { reason: sentence.reason }
}
