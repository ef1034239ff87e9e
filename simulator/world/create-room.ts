import { appendToLogs } from '@/simulator/login/append-to-logs'
import { findPersonOrThrow } from '@/simulator/world/find-person'
import { postToRoom } from '@/simulator/world/post-message'
import type { Room, World } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

/** Creates a room with its owner and a minimum of two other members, and announces it. @throws BAD_REQUEST with fewer members. */
export function createRoom(
  world: World,
  { name, owner, members, isSaved = false }: { name: string; owner: string; members: string[]; isSaved?: boolean },
): Room {
  const others = [...new Set(members)].filter((wxid) => wxid !== owner)
  if (others.length < 2) throw new WorldError('BAD_REQUEST', 'a room needs two members in addition to its owner')
  const people = [owner, ...others].map((wxid) => findPersonOrThrow(world, wxid))

  const room: Room = {
    id: `${world.data.nextRoomNumber++}@chatroom`,
    name,
    owner,
    members: people.map((person) => ({ wxid: person.wxid, displayName: '' })),
    savedBy: isSaved ? [owner] : [],
    createdAtMs: Date.now(),
  }
  world.data.rooms[room.id] = room
  appendToLogs(world, [owner, ...others], { kind: 'contact', rawId: room.id })
  announceCreation(world, room)
  return room
}

function announceCreation(world: World, room: Room): void {
  const nickname = (wxid: string) => world.data.people[wxid]?.nickname ?? wxid
  const others = room.members.map((member) => member.wxid).filter((wxid) => wxid !== room.owner)
  const list = (wxids: string[]) => wxids.map(nickname).join('、')
  const textFor: Record<string, string> = { [room.owner]: `你邀请"${list(others)}"加入了群聊  ` }
  for (const wxid of others) {
    const rest = others.filter((other) => other !== wxid)
    textFor[wxid] = `"${nickname(room.owner)}"邀请你加入了群聊，群聊参与人还有：${list(rest)}`
  }
  const text = `"${nickname(room.owner)}"邀请"${list(others)}"加入了群聊`
  postToRoom(world, room.id, { from: null, type: 'system', text, textFor, via: 'phone' })
}
