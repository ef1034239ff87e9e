import { decideFriendRequest, readMembers, setContactRemark } from '@/lib/actions/command-contact'
import { getFriendRequestOrThrow } from '@/lib/address-book/friend-request'
import { recordAudit } from '@/lib/audit/record-audit'
import type { Db } from '@/lib/db/client'
import { listRoomMembers } from '@/lib/membership/list-room-members'
import { findRoom } from '@/lib/room/find-room'
import { withGateway } from '@/cli/robot-actions'
import { requireRobot } from '@/cli/resolve'

export type RemarkOptions = { robot: string; contact: string; text: string }
export type DecideOptions = { robot: string; request: string }
export type MembersOptions = { robot: string; room: string; refresh?: boolean }

/** Maximum members that are printed; the rest is listed by `robot members`. */
const maxMembers = 500

/** Sets the remark of a contact and waits until WeChat has accepted it. */
export async function setRemark(db: Db, { robot: robotId, contact: username, text: remark }: RemarkOptions) {
  await requireRobot(db, robotId)
  const contact = { robotId, username, remark, actor: 'cli' }
  await withGateway(db, (ctx) =>
    setContactRemark(ctx, contact, (tx) =>
      recordAudit(tx, { actor: 'cli', action: 'contact.remark', targetId: robotId, detail: { contact: username } }),
    ),
  )
  return { robotId, username, remark }
}

/** Accepts or refuses a friend request and waits until WeChat has accepted that. */
export async function decideFriend(
  db: Db,
  { robot: robotId, request: friendRequestId, isAccepted }: DecideOptions & { isAccepted: boolean },
) {
  await requireRobot(db, robotId)
  const action = isAccepted ? 'friend_request.accept' : 'friend_request.refuse'
  await withGateway(db, (ctx) =>
    decideFriendRequest(ctx, { robotId, friendRequestId, isAccepted, actor: 'cli' }, (tx) =>
      recordAudit(tx, { actor: 'cli', action, targetId: friendRequestId, detail: { robotId } }),
    ),
  )
  const { id, nickname, state } = await getFriendRequestOrThrow(db, { robotId, friendRequestId })
  return { id, nickname, state }
}

/** Reads the members of a room from WeChat. */
export async function readRoomMembers(db: Db, { robot: robotId, room: roomId, refresh = false }: MembersOptions) {
  await requireRobot(db, robotId)
  const room = await findRoom(db, { robotId, room: roomId })
  if (!room) throw new Error(`The robot has no room ${roomId}.`)
  const request = { robotId, roomId: room.id, isForced: refresh, actor: 'cli' }
  await withGateway(db, (ctx) => readMembers(ctx, request))
  const { rows, ...others } = await listRoomMembers(db, { roomId: room.id, limit: maxMembers })
  return { ...others, members: rows }
}
