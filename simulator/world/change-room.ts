import { appendToLogs } from '@/simulator/login/append-to-logs'
import { findPersonOrThrow, findRoomOrThrow, isMember, nameInRoom } from '@/simulator/world/find-person'
import { postToPerson, postToRoom } from '@/simulator/world/post-message'
import type { Room, World } from '@/simulator/world/world'
import { touchWorld } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

/** Maximum members of a room. */
const memberLimit = 500

/** Renames a room and announces it. @throws BAD_REQUEST if `by` is not a member. */
export function renameRoom(world: World, { roomId, name, by }: { roomId: string; name: string; by: string }): Room {
  const room = memberRoom(world, roomId, by)
  room.name = name
  const text = `"${nameInRoom(world, room, by)}"修改群名为“${name}”`
  announce(world, room, { text, textFor: { [by]: `你修改群名为“${name}”` } })
  return room
}

/** Adds a person to a room and announces it; without `inviter`, by the room's QR code. Does nothing for a member. */
export function joinRoom(
  world: World,
  { roomId, wxid, inviter }: { roomId: string; wxid: string; inviter?: string },
): Room {
  const room = inviter ? memberRoom(world, roomId, inviter) : findRoomOrThrow(world, roomId)
  const { nickname } = findPersonOrThrow(world, wxid)
  if (isMember(room, wxid)) return room
  if (room.members.length >= memberLimit) throw new WorldError('CONFLICT', `${roomId} is full`)

  room.members.push({ wxid, displayName: '' })
  const host = inviter ?? room.owner
  const hostName = nameInRoom(world, room, host)
  if (inviter) {
    const text = `"${hostName}"邀请"${nickname}"加入了群聊`
    const mine = `"${hostName}"邀请你加入了群聊，群聊参与人还有：${othersOf(world, room, [wxid, host])}`
    announce(world, room, { text, textFor: { [host]: `你邀请"${nickname}"加入了群聊  `, [wxid]: mine } })
  } else {
    const text = `" ${nickname}"通过扫描"${hostName}"分享的二维码加入群聊`
    announce(world, room, { text, textFor: { [host]: `" ${nickname}"通过扫描你分享的二维码加入群聊` } })
  }
  return room
}

/** Removes a member; without `by` the member leaves without a system message. @throws BAD_REQUEST if `by` is not the owner. */
export function leaveRoom(world: World, { roomId, wxid, by }: { roomId: string; wxid: string; by?: string }): Room {
  const room = memberRoom(world, roomId, wxid)
  if (by !== undefined && by !== room.owner) throw new WorldError('BAD_REQUEST', 'only the owner removes members')
  const name = nameInRoom(world, room, wxid)
  room.members = room.members.filter((member) => member.wxid !== wxid)
  room.savedBy = room.savedBy.filter((saver) => saver !== wxid)
  if (by === undefined || by === wxid) {
    if (room.owner === wxid && room.members[0]) room.owner = room.members[0].wxid
    // After a member leaves on the phone, the room is deleted in all their clients (assumed).
    appendToLogs(world, [wxid], { kind: 'contact-deleted', rawId: room.id })
    emitChange(world, room)
    return room
  }
  emitChange(world, room, wxid)
  const ownerName = nameInRoom(world, room, by)
  const textFor = { [by]: `你将"${name}"移出了群聊`, [wxid]: `你被"${ownerName}"移出群聊` }
  postToRoom(world, room.id, {
    from: null,
    type: 'system',
    text: `"${ownerName}"将"${name}"移出了群聊`,
    textFor,
    via: 'phone',
  })
  return room
}

/** Sends an invitation card; the receiver joins by accepting it on the phone. */
export function inviteToRoom(
  world: World,
  { roomId, inviter, wxid }: { roomId: string; inviter: string; wxid: string },
): void {
  const room = memberRoom(world, roomId, inviter)
  const text = `"${findPersonOrThrow(world, inviter).nickname}"邀请你加入群聊${room.name}，进入可查看详情。`
  postToPerson(world, wxid, { from: inviter, type: 'invite', text, roomId, via: 'web' })
}

/** Transfers a room to another member (转让群主). @throws BAD_REQUEST if `by` is not the owner or `wxid` is not a member. */
export function transferRoom(world: World, { roomId, wxid, by }: { roomId: string; wxid: string; by: string }): Room {
  const room = memberRoom(world, roomId, wxid)
  if (room.owner !== by) throw new WorldError('BAD_REQUEST', 'only the owner hands a room over')
  room.owner = wxid
  const name = nameInRoom(world, room, wxid)
  announce(world, room, { text: `"${name}"已成为新群主`, textFor: { [wxid]: '你已成为新群主' } })
  return room
}

/** Adds a room to a member's address book, or removes it. */
export function saveRoom(
  world: World,
  { roomId, wxid, isSaved }: { roomId: string; wxid: string; isSaved: boolean },
): Room {
  const room = memberRoom(world, roomId, wxid)
  room.savedBy = room.savedBy.filter((saver) => saver !== wxid)
  if (isSaved) room.savedBy.push(wxid)
  appendToLogs(world, [wxid], { kind: 'contact', rawId: roomId })
  touchWorld(world)
  return room
}

function memberRoom(world: World, roomId: string, wxid: string): Room {
  const room = findRoomOrThrow(world, roomId)
  if (!isMember(room, wxid)) throw new WorldError('BAD_REQUEST', `${wxid} is no member of ${roomId}`)
  return room
}

function othersOf(world: World, room: Room, without: string[]): string {
  const others = room.members.filter((member) => !without.includes(member.wxid))
  return others.map((member) => nameInRoom(world, room, member.wxid)).join('、')
}

function announce(world: World, room: Room, line: { text: string; textFor: Record<string, string> }): void {
  emitChange(world, room)
  postToRoom(world, room.id, { from: null, type: 'system', ...line, via: 'phone' })
}

function emitChange(world: World, room: Room, ...former: string[]): void {
  const wxids = room.members.map((member) => member.wxid).concat(former)
  appendToLogs(world, wxids, { kind: 'contact', rawId: room.id })
  touchWorld(world)
}
