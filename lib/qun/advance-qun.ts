import { and, eq, inArray, sql } from 'drizzle-orm'
import { failureColumns, noFailure } from '@/lib/db/reason-columns'
import type { Sentence } from '@/lib/sentence'
import type { Tx } from '@/lib/db/client'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { newKey } from '@/lib/id'

const now = sql`clock_timestamp()`

/** Records that the owner's name did not identify one contact: the group code is needed (B4). */
export async function recordFailedLookup(tx: Tx, { qunId }: { qunId: string }): Promise<void> {
  await tx.update(quns).set({ isLookupDue: false }).where(eq(quns.id, qunId))
}

/** Seconds after which the event stream has shown whether an unanswered request created a room. */
export const roomRequestSettleSeconds = 30

/**
 * Records, before the request to WeChat, that the room is being created. Returns the secret name for the request; null: an earlier
 * request may still have created it.
 */
export async function recordRoomRequest(tx: Tx, { qunId }: { qunId: string }): Promise<string | null> {
  const isSettled = sql`(${quns.roomRequestedAt} is null or
    ${quns.roomRequestedAt} < ${now} - make_interval(secs => ${roomRequestSettleSeconds}))`
  const [claimed] = await tx
    .update(quns)
    .set({ roomRequestedAt: now, nonceName: sql`coalesce(${quns.nonceName}, ${`新群 ${newKey()}`})` })
    .where(and(eq(quns.id, qunId), eq(quns.state, 'pending'), isSettled))
    .returning({ nonceName: quns.nonceName })
  return claimed?.nonceName ?? null
}

/** Clears a secret name that a room of another owner has: the next request uses a new one. */
export async function clearNonceName(tx: Tx, { qunId }: { qunId: string }): Promise<void> {
  await tx.update(quns).set({ nonceName: null, roomRequestedAt: null }).where(eq(quns.id, qunId))
}

/**
 * Records that the room has its final name, or one that a person gave it. `name`: the one that WeChat took; an operator may have changed
 * it again in the meantime.
 */
export async function recordRoomNamed(tx: Tx, { qunId, name }: { qunId: string; name?: string }): Promise<void> {
  const settled = { nonceName: null, ...noFailure, failureCount: 0, retryAt: null }
  const isRenameDue = name === undefined ? undefined : sql`${quns.name} <> ${name}`
  await tx
    .update(quns)
    .set({ ...settled, ...(isRenameDue && { isRenameDue }) })
    .where(eq(quns.id, qunId))
}

const opened = {
  state: 'open',
  roomRequestedAt: null,
  ...noFailure,
  failureCount: 0,
  retryAt: null,
  isRecountDue: true,
} as const

/** Opens a qun with its room and requests a recount of its members; false: it was no longer pending. */
export async function openQun(tx: Tx, { qunId, roomId }: { qunId: string; roomId: string }): Promise<boolean> {
  const changed = await tx
    .update(quns)
    .set({ ...opened, roomId, openedAt: now })
    .where(and(eq(quns.id, qunId), eq(quns.state, 'pending')))
    .returning({ id: quns.id })
  return changed.length > 0
}

/**
 * Records that the room could not be created or named, and when to retry: after 1 minute, doubled each time, a maximum of one hour; without
 * `isCounted`, which means that WeChat did not refuse, after 5 seconds. Returns the number of counted failures.
 */
export async function recordRoomFailure(
  tx: Tx,
  { qunId, failure, isCounted }: { qunId: string; failure: Sentence; isCounted: boolean },
): Promise<number> {
  const retryAt = isCounted
    ? sql`${now} + least(interval '1 minute' * power(2, least(${quns.failureCount}, 10)), interval '1 hour')`
    : sql`${now} + interval '5 seconds'`
  const failureCount = sql`${quns.failureCount} + ${isCounted ? 1 : 0}::int`
  const [row] = await tx
    .update(quns)
    .set({ roomRequestedAt: null, ...failureColumns(failure), failureCount, retryAt })
    .where(eq(quns.id, qunId))
    .returning({ failureCount: quns.failureCount })
  return row?.failureCount ?? 0
}

/** Requests a recount of the members of the open quns with these rooms; false: there are none. */
export async function requestRecount(tx: Tx, { roomIds }: { roomIds: string[] }): Promise<boolean> {
  if (roomIds.length === 0) return false
  const requested = await tx
    .update(quns)
    .set({ isRecountDue: true })
    .where(and(inArray(quns.roomId, roomIds), eq(quns.state, 'open')))
    .returning({ id: quns.id })
  return requested.length > 0
}

/** Makes pending quns on customer groups look for a free one again; false: there are none. Spec: E7 (customer groups). */
export async function requestGroups(tx: Tx, { robotId }: { robotId: string }): Promise<boolean> {
  const ofGroups = tx
    .select({ id: robots.id })
    .from(robots)
    .where(and(eq(robots.id, robotId), eq(robots.connection, 'wecom_group')))
  const waiting = await tx
    .update(quns)
    .set({
      isLookupDue: true,
      // Only an empty pool ends with a new group; a refusal keeps its pause.
      retryAt: sql`case when ${quns.failureReason} = 'group_pool_empty' then null else ${quns.retryAt} end`,
    })
    .where(and(inArray(quns.robotId, ofGroups), eq(quns.state, 'pending')))
    .returning({ id: quns.id })
  return waiting.length > 0
}

/** Returns whether one of these rooms has the secret name under which the room of a pending qun was requested. */
export async function hasRequestedRoom(tx: Tx, { roomIds }: { roomIds: string[] }): Promise<boolean> {
  if (roomIds.length === 0) return false
  const matches = await tx
    .select({ id: quns.id })
    .from(quns)
    .innerJoin(rooms, and(eq(rooms.robotId, quns.robotId), eq(rooms.name, quns.nonceName)))
    .where(and(inArray(rooms.id, roomIds), eq(quns.state, 'pending')))
    .limit(1)
  return matches.length > 0
}

/** Records a recount of the members, whether the room is full, and then what the operator can do about it; returns true if it became full with this count. */
export async function recordCount(
  tx: Tx,
  { qunId, isFull, advice = null }: { qunId: string; isFull: boolean; advice?: Sentence | null },
): Promise<boolean> {
  const [before] = await tx.select({ fullAt: quns.fullAt }).from(quns).where(eq(quns.id, qunId)).for('update')
  const fullAt = isFull ? sql`coalesce(${quns.fullAt}, ${now})` : null
  const reason = !advice ? {} : isFull ? failureColumns(advice) : before?.fullAt ? noFailure : {}
  await tx
    .update(quns)
    .set({ isRecountDue: false, fullAt, ...reason })
    .where(eq(quns.id, qunId))
  return isFull && before?.fullAt === null
}
