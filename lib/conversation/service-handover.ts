import { and, asc, desc, eq, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm'
import { requestHandover } from '@/lib/conversation/request-handover'
import { resolveConversation } from '@/lib/conversation/resolve-conversation'
import { isEndDue, noteServiceState, storable } from '@/lib/conversation/service-end'
import { beforeCommit } from '@/lib/db/before-commit'
import type { Db, Tx } from '@/lib/db/client'
import { conversationEntries, conversations } from '@/lib/db/schema/conversation'
import type { ServiceState } from '@/lib/db/types'
import type { Failure } from '@/lib/errors'
import { announceChange } from '@/lib/queue/reply'
import type { Sentence } from '@/lib/sentence'

/** Seconds between a failed request and the next one. */
const retrySeconds = 20
/** Minutes after which a handover is no longer requested in the service; the conversation then waits for an operator here. */
const maxAgeMinutes = 10

const isDue = lte(conversations.serviceHandoverAt, sql`clock_timestamp()`)
/** SQL: no message to the person is queued or being sent. Once the service has the conversation, it accepts none from us. */
const hasNoPendingMessages = sql<boolean>`not exists (select from messages m where m.robot_id = "conversations"."robot_id"
  and m.peer_username = "conversations"."peer_username" and m.state in ('queued', 'sending'))`

/** `hasNoPendingMessages`: no message to the person is queued or being sent. */
export type ServiceHandover = { conversationId: string; peerUsername: string; hasNoPendingMessages: boolean }

/** Returns the conversation of a robot for which a person has to be requested in the service next; null: none. Spec: F4 (handover). */
export async function nextServiceHandover(db: Db, { robotId }: { robotId: string }): Promise<ServiceHandover | null> {
  const [due] = await db
    .select({ conversationId: conversations.id, peerUsername: conversations.peerUsername, hasNoPendingMessages })
    .from(conversations)
    .where(and(eq(conversations.robotId, robotId), isDue, isNotNull(conversations.peerUsername)))
    .orderBy(desc(hasNoPendingMessages), asc(conversations.serviceHandoverAt))
    .limit(1)
  return due ? { ...due, peerUsername: due.peerUsername ?? '' } : null
}

/** Lists robots with a request that is due, of a person or of an end, whose wake was lost or which failed before. */
export async function listRobotsWithHandovers(db: Db): Promise<string[]> {
  const listDue = (where: SQL) =>
    db.selectDistinct({ robotId: conversations.robotId }).from(conversations).where(where).limit(500)
  const rows = [...(await listDue(isDue)), ...(await listDue(isEndDue))]
  return [...new Set(rows.map(({ robotId }) => robotId))]
}

/** Conversations of a robot that wait because the service refused to request a person; `latest` null: none. */
export type RefusedHandovers = { count: number; latest: Sentence | null }

export async function findRefusedHandovers(db: Db, { robotId }: { robotId: string }): Promise<RefusedHandovers> {
  const rows = await db
    .select({ refusal: conversations.serviceRefusal, count: sql<number>`count(*) over ()::int` })
    .from(conversations)
    .where(and(eq(conversations.robotId, robotId), isNotNull(conversations.serviceRefusal)))
    .orderBy(desc(conversations.waitingSince))
    .limit(1)
  return { count: rows[0]?.count ?? 0, latest: rows[0]?.refusal ?? null }
}

type Outcome =
  | { outcome: 'done'; state: ServiceState; instead?: Sentence | undefined }
  | ({ outcome: 'refused' | 'unsent' } & Failure)

/**
 * Records the response of the service. `unsent`: the request did not reach it and is repeated for 10 minutes. A refusal is shown in the
 * conversation, which waits for one of our operators. Spec: F4 (handover).
 */
export async function recordServiceHandover(
  tx: Tx,
  { conversationId, outcome: end }: { conversationId: string; outcome: Outcome },
): Promise<void> {
  const isOld = sql`${conversations.waitingSince} < clock_timestamp() - make_interval(mins => ${maxAgeMinutes})`
  const again = sql`case when ${isOld} then null else clock_timestamp() + make_interval(secs => ${retrySeconds}) end`
  const refusal = end.outcome === 'refused' ? storable(end.sentence) : null
  if (end.outcome === 'done') await noteServiceState(tx, { conversationId, state: end.state })
  const recorded = await tx
    .update(conversations)
    .set({ serviceHandoverAt: end.outcome === 'unsent' ? again : null, serviceRefusal: refusal })
    .where(and(eq(conversations.id, conversationId), isNotNull(conversations.serviceHandoverAt)))
    .returning({ id: conversations.id })
  const detail = refusal ?? (end.outcome === 'done' && end.instead ? storable(end.instead) : null)
  if (!detail || recorded.length === 0) return
  const shown = refusal ? { refusal } : { refusal: detail, isQueued: true }
  await tx.insert(conversationEntries).values({ conversationId, kind: 'service_refused', detail: shown })
  await announceChange(tx, conversationId)
}

/**
 * Records before the commit what happened to a conversation in the service, once per transaction and person: `taken` by a person there silences automatic replies, `ended` returns it to
 * them, unless one of our operators has it. Does nothing for a person without a conversation. Spec: F4 (handover).
 */
export function recordServiceState(
  tx: Tx,
  about: { robotId: string; peerUsername: string; change: 'taken' | 'ended' },
): void {
  // After `touchConversation`, for the same reason: another transaction locks the robot before the conversation.
  beforeCommit(tx, `conversation~${about.peerUsername}`, (last) => changeState(last, about))
}

async function changeState(
  tx: Tx,
  { robotId, peerUsername, change }: { robotId: string; peerUsername: string; change: 'taken' | 'ended' },
): Promise<void> {
  const [found] = await tx
    .select({
      id: conversations.id,
      state: conversations.state,
      serviceState: conversations.serviceState,
      serviceEndAt: conversations.serviceEndAt,
    })
    .from(conversations)
    .where(
      and(
        eq(conversations.robotId, robotId),
        isNull(conversations.roomId),
        eq(conversations.peerUsername, peerUsername),
      ),
    )
  if (!found) return
  const { id: conversationId } = found
  // By our own request for its end, announced late: an ended conversation can be taken only after the next message of the person.
  if (change === 'taken' && (found.serviceState === 'ended' || found.serviceEndAt !== null)) return
  await noteServiceState(tx, { conversationId, state: change === 'taken' ? 'employee' : 'ended' })
  if (change === 'taken') {
    // It was refused first, and an employee has taken it all the same.
    await tx.update(conversations).set({ serviceRefusal: null }).where(eq(conversations.id, conversationId))
    await requestHandover(tx, found, { source: 'service' })
  } else if (found.state === 'waiting') await resolveConversation(tx, { conversationId, operatorId: null })
}
