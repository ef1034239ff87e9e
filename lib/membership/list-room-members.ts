import { and, asc, count, eq, isNotNull, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { likePattern } from '@/lib/db/like-pattern'
import { roomMembers } from '@/lib/db/schema/address-book'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import { quns } from '@/lib/db/schema/qun'
import { rooms } from '@/lib/db/schema/room'
import { AppError } from '@/lib/errors'

export type RoomMember = {
  /** That of the membership; a person who is not identified has only WeChat's. */
  id: string
  /** null: not known in this login. */
  username: string | null
  nickname: string
  role: 'owner' | 'member'
  joinedAt: Date | null
}
export type RoomMembers = {
  memberCount: number
  /** When the members were read from WeChat; null: not in this login. */
  readAt: Date | null
  rows: RoomMember[]
  nextCursor: string | null
}

/**
 * Lists the people in a room in the order of their ids, after the member `cursor`: those whom WeChat listed when they were last read,
 * and the identified members of its merchant group. `search` is part of the nickname. `nextCursor` is null on the last page.
 * @throws INVALID_PARAMETER if `cursor` is not the id of a member.
 */
export async function listRoomMembers(
  db: Db,
  {
    roomId,
    search,
    cursor,
    limit,
  }: { roomId: string; search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<RoomMembers> {
  const [room] = await db
    .select({ memberCount: rooms.memberCount, readAt: rooms.membersReadAt })
    .from(rooms)
    .where(eq(rooms.id, roomId))
  const identified = db
    .select({
      membershipId: memberships.id,
      knownAs: sql<string>`${contacts.username}`.as('known_as'),
      name: sql<string>`${contacts.nickname}`.as('name'),
      role: memberships.role,
      joinedAt: memberships.joinedAt,
    })
    .from(quns)
    .innerJoin(memberships, eq(memberships.qunId, quns.id))
    .innerJoin(contacts, eq(contacts.id, memberships.contactId))
    .where(and(eq(quns.roomId, roomId), eq(memberships.state, 'joined')))
    .as('identified')
  const listed = db.select().from(roomMembers).where(eq(roomMembers.roomId, roomId)).as('listed')
  const id = sql<string>`coalesce(${identified.membershipId}, ${listed.username})`
  const nickname = sql<string>`coalesce(nullif(${listed.nickname}, ''), ${identified.name}, '')`
  const members = db
    .select({
      id: id.as('id'),
      username: sql<string | null>`coalesce(${listed.username}, nullif(${identified.knownAs}, ''))`.as('username'),
      nickname: nickname.as('nickname'),
      role: sql<'owner' | 'member'>`coalesce(${identified.role}, 'member')`.as('role'),
      joinedAt: sql<Date | null>`${identified.joinedAt}`.mapWith(memberships.joinedAt).as('joined_at'),
    })
    .from(listed)
    .fullJoin(identified, eq(identified.knownAs, listed.username))
    .as('members')
  if (cursor !== undefined) {
    const [known] = await db.select({ count: count() }).from(members).where(eq(members.id, cursor))
    if (!known?.count) throw new AppError('INVALID_PARAMETER', { reason: 'cursor_invalid', parameter: 'cursor' })
  }
  const rows = await db
    .select()
    .from(members)
    .where(
      and(
        isNotNull(members.id),
        cursor === undefined ? undefined : sql`${members.id} > ${cursor}`,
        search ? sql`${members.nickname} ilike ${likePattern(search)}` : undefined,
      ),
    )
    .orderBy(asc(members.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const nextCursor = rows.length > limit ? (page.at(-1)?.id ?? null) : null
  return { memberCount: room?.memberCount ?? 0, readAt: room?.readAt ?? null, rows: page, nextCursor }
}
