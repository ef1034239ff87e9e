import { appendToLogs } from '../login/append-to-logs'
import { findPersonOrThrow, findRoomOrThrow, isMember, nameInRoom } from './find-person'
import { postToPerson, postToRoom } from './post-message'
import type { Room, World } from './world'
import { touchWorld } from './world'
import { WorldError } from './world-error'

/** Nobody gets into a room beyond. */
const memberLimit = 500

/** Gives a room another name and tells its members. @throws BAD_REQUEST when `by` is no member. */
export function renameRoom(world: World, { roomId, name, by }: { roomId: string; name: string; by: string }): Room {
  const room = memberRoom(world, roomId, by)
  room.name = name
  const text = `"${nameInRoom(world, room, by)}"修改群名为“${name}”`
  announce(world, room, { text, textFor: { [by]: `你修改群名为“${name}”` } })
  return room
}

/** Takes a person into a room; without `inviter` they came by scanning the room's QR code. Does nothing for a member. */
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

/** Removes a member (`by` the owner) or lets one go quietly. @throws BAD_REQUEST when `by` is not the owner. */
export function leaveRoom(world: World, { roomId, wxid, by }: { roomId: string; wxid: string; by?: string }): Room {
  const room = memberRoom(world, roomId, wxid)
  if (by !== undefined && by !== room.owner) throw new WorldError('BAD_REQUEST', 'only the owner removes members')
  const name = nameInRoom(world, room, wxid)
  room.members = room.members.filter((member) => member.wxid !== wxid)
  room.savedBy = room.savedBy.filter((saver) => saver !== wxid)
  if (by === undefined || by === wxid) {
    if (room.owner === wxid && room.members[0]) room.owner = room.members[0].wxid
    tellOfChange(world, room, wxid)
    return room
  }
  tellOfChange(world, room, wxid)
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

/** Sends an invitation card; its receiver joins by accepting it on the phone. */
export function inviteToRoom(
  world: World,
  { roomId, inviter, wxid }: { roomId: string; inviter: string; wxid: string },
): void {
  const room = memberRoom(world, roomId, inviter)
  const text = `"${findPersonOrThrow(world, inviter).nickname}"邀请你加入群聊${room.name}，进入可查看详情。`
  postToPerson(world, wxid, { from: inviter, type: 'invite', text, roomId, via: 'web' })
}

/** Keeps a room in somebody's address book, or takes it out. */
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
  tellOfChange(world, room)
  postToRoom(world, room.id, { from: null, type: 'system', ...line, via: 'phone' })
}

function tellOfChange(world: World, room: Room, ...former: string[]): void {
  const wxids = room.members.map((member) => member.wxid).concat(former)
  appendToLogs(world, wxids, { kind: 'contact', rawId: room.id })
  touchWorld(world)
}
