import { and, desc, eq, exists, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { addressBook, friendRequests } from '@/lib/db/schema/address-book'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'

export type FriendRequestRow = typeof friendRequests.$inferSelect
export type FriendRequestState = FriendRequestRow['state']

type Received = { username: string; nickname: string; greeting: string; ticket: string }

/** Records a friend request; a repeated one of the same person replaces the pending one, because its ticket is newer. */
export async function recordFriendRequest(tx: Tx, { robotId, ...received }: Received & { robotId: string }) {
  await tx.delete(friendRequests).where(and(isPending(robotId), eq(friendRequests.username, received.username)))
  const { username, nickname, greeting, ticket } = received
  await tx.insert(friendRequests).values({ id: newId('friendRequest'), robotId, username, nickname, greeting, ticket })
}

/** Lists a robot's friend requests, newest first, before the request `beforeSequence`. */
export async function listFriendRequests(
  db: Db,
  {
    robotId,
    state,
    beforeSequence,
    limit,
  }: {
    robotId: string
    state?: FriendRequestState | undefined
    beforeSequence?: number | undefined
    limit: number
  },
): Promise<{ rows: FriendRequestRow[]; nextCursor: number | null }> {
  const rows = await db
    .select()
    .from(friendRequests)
    .where(
      and(
        eq(friendRequests.robotId, robotId),
        state && eq(friendRequests.state, state),
        beforeSequence === undefined ? undefined : lt(friendRequests.sequence, beforeSequence),
      ),
    )
    .orderBy(desc(friendRequests.sequence))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.sequence ?? null) : null }
}

/** Returns a friend request of a robot. @throws NOT_FOUND */
export async function getFriendRequestOrThrow(
  db: Db,
  { robotId, friendRequestId }: { robotId: string; friendRequestId: string },
): Promise<FriendRequestRow> {
  const isMeant = and(eq(friendRequests.robotId, robotId), eq(friendRequests.id, friendRequestId))
  const [request] = await db.select().from(friendRequests).where(isMeant)
  if (!request) throw new AppError('NOT_FOUND', { reason: 'friend_request_not_found', parameter: 'request_id' })
  return request
}

/** Records the decision about a pending friend request; a decided one stays as it is. */
export async function recordFriendDecision(
  tx: Tx,
  { friendRequestId, state, actor }: { friendRequestId: string; state: 'accepted' | 'refused'; actor: string | null },
): Promise<void> {
  // The new contact, which the connection reports first, has accepted the request without naming an actor.
  const isReported = and(eq(friendRequests.state, state), isNull(friendRequests.decidedBy))
  await tx
    .update(friendRequests)
    .set({ state, decidedAt: sql`clock_timestamp()`, decidedBy: actor })
    .where(and(eq(friendRequests.id, friendRequestId), or(eq(friendRequests.state, 'pending'), isReported)))
}

/** Records as accepted the pending requests of people whom the address book lists: the phone or the assistant accepted them. */
export async function recordAcceptedElsewhere(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const isFriend = and(
    eq(addressBook.robotId, friendRequests.robotId),
    eq(addressBook.username, friendRequests.username),
  )
  await tx
    .update(friendRequests)
    .set({ state: 'accepted', decidedAt: sql`clock_timestamp()` })
    .where(
      and(
        isPending(robotId),
        exists(
          tx
            .select({ one: sql`1` })
            .from(addressBook)
            .where(isFriend),
        ),
      ),
    )
}

/** Expires a robot's pending requests: their tickets are invalid in the new login. */
export async function expireFriendRequests(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  await tx
    .update(friendRequests)
    .set({ state: 'expired', decidedAt: sql`clock_timestamp()` })
    .where(isPending(robotId))
}

/** Deletes a batch of decided or expired requests that arrived more than `olderThanDays` ago; returns their number. */
export async function deleteOldFriendRequests(
  db: Db,
  { olderThanDays, batchSize }: { olderThanDays: number; batchSize: number },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from ${friendRequests} where id in (
      select id from ${friendRequests} where state <> 'pending'
        and requested_at < statement_timestamp() - make_interval(days => ${olderThanDays})
        limit ${batchSize} for update skip locked)
      returning 1`)
  return rows.length
}

const isPending = (robotId: string) => and(eq(friendRequests.robotId, robotId), eq(friendRequests.state, 'pending'))
