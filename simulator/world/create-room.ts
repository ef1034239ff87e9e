import { appendToLogs } from '../login/append-to-logs'
import { findPersonOrThrow } from './find-person'
import { postToRoom } from './post-message'
import type { Room, World } from './world'
import { WorldError } from './world-error'

/** Makes a room with its owner and at least two others, and says so in it. @throws BAD_REQUEST with fewer. */
export function createRoom(
  world: World,
  { name, owner, members, isSaved = false }: { name: string; owner: string; members: string[]; isSaved?: boolean },
): Room {
  const others = [...new Set(members)].filter((wxid) => wxid !== owner)
  if (others.length < 2) throw new WorldError('BAD_REQUEST', 'a room needs two others besides its owner')
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
