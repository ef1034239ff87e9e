import type { Person, Room, World } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

/** @throws NOT_FOUND if no person has this wxid. */
export function findPersonOrThrow(world: World, wxid: string): Person {
  const person = Object.hasOwn(world.data.people, wxid) ? world.data.people[wxid] : undefined
  if (!person) throw new WorldError('NOT_FOUND', `no account has the wxid ${wxid}`)
  return person
}

/** @throws NOT_FOUND if the room does not exist. */
export function findRoomOrThrow(world: World, roomId: string): Room {
  const room = Object.hasOwn(world.data.rooms, roomId) ? world.data.rooms[roomId] : undefined
  if (!room) throw new WorldError('NOT_FOUND', `there is no room ${roomId}`)
  return room
}

/** Returns the name that other members see: the display name in the room, otherwise the nickname. */
export function nameInRoom(world: World, room: Room, wxid: string): string {
  return room.members.find((member) => member.wxid === wxid)?.displayName || world.data.people[wxid]?.nickname || wxid
}

export function isMember(room: Room, wxid: string): boolean {
  return room.members.some((member) => member.wxid === wxid)
}

export function areFriends(world: World, wxid: string, other: string): boolean {
  return Boolean(world.data.friends[wxid]?.[other])
}
