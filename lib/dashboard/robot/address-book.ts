import type { z } from 'zod'
import { type FriendRequestState, listFriendRequests } from '@/lib/address-book/friend-request'
import { type ContactRow, countContacts, listContacts } from '@/lib/address-book/list-contacts'
import type { WebContext } from '@/lib/http/web-context'
import { listRoomMembers, type RoomMember } from '@/lib/membership/list-room-members'
import { pageSize } from '@/lib/paging'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import type { addressBookQuery, friendRequestQuery } from '@/lib/dashboard/robot/contact-form'

/** A page of contacts; the counts ignore the search. */
export type AddressBookView = {
  rows: ContactRow[]
  nextCursor: string | null
  contactCount: number
  pendingCount: number
}

/** Returns a page of a robot's address book. @throws AppError ROBOT_NOT_FOUND, INVALID_PARAMETER */
export async function readAddressBook(
  { db }: WebContext,
  robotId: string,
  { q: search, cursor: after }: z.output<typeof addressBookQuery>,
): Promise<AddressBookView> {
  await getAnyRobotOrThrow(db, { robotId })
  const [page, counts] = await Promise.all([
    listContacts(db, { robotId, search, cursor: after, limit: pageSize }),
    countContacts(db, { robotId }),
  ])
  return { ...page, ...counts }
}

export type FriendRequestView = {
  id: string
  nickname: string
  greeting: string
  state: FriendRequestState
  requestedAt: string
  decidedAt: string | null
  /** The phone or the assistant accepted it. */
  isAcceptedElsewhere: boolean
}

/** Returns a page of a robot's friend requests, newest first. @throws AppError ROBOT_NOT_FOUND */
export async function readFriendRequests(
  { db }: WebContext,
  robotId: string,
  { state, cursor: beforeSequence }: z.output<typeof friendRequestQuery>,
): Promise<{ rows: FriendRequestView[]; nextCursor: number | null }> {
  await getAnyRobotOrThrow(db, { robotId })
  const { rows, nextCursor } = await listFriendRequests(db, { robotId, state, beforeSequence, limit: pageSize })
  const viewed = rows.map((row) => ({
    id: row.id,
    nickname: row.nickname,
    greeting: row.greeting,
    state: row.state,
    requestedAt: row.requestedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    isAcceptedElsewhere: row.state === 'accepted' && row.decidedBy === null,
  }))
  return { rows: viewed, nextCursor }
}

export type RoomMembersView = {
  rows: (Omit<RoomMember, 'joinedAt'> & { joinedAt: string | null })[]
  nextCursor: string | null
  memberCount: number
  readAt: string | null
}

/** Returns a page of a room's members, as stored. */
export async function readRoomMembers(
  { db }: WebContext,
  roomId: string,
  { q: search, cursor: after }: z.output<typeof addressBookQuery>,
): Promise<RoomMembersView> {
  const { rows, readAt, ...others } = await listRoomMembers(db, { roomId, search, cursor: after, limit: pageSize })
  const viewed = rows.map((row) => ({ ...row, joinedAt: row.joinedAt?.toISOString() ?? null }))
  return { ...others, rows: viewed, readAt: readAt?.toISOString() ?? null }
}
