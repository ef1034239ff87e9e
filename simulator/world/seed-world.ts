import { addPerson } from '@/simulator/world/add-person'
import { randomMessageId } from '@/simulator/world/random'
import { seedAccounts, seedPeople } from '@/simulator/world/seed-people'
import { seedRooms } from '@/simulator/world/seed-rooms'
import type { Room, World, WorldData } from '@/simulator/world/world'

const minuteMs = 60_000

export function emptyWorldData(): WorldData {
  return {
    version: 1,
    people: {},
    friends: {},
    rooms: {},
    messages: {},
    friendRequests: [],
    codes: {},
    logins: [],
    media: {},
    nextUin: 1_000_000_001,
    nextRoomNumber: 20_000_000_001,
  }
}

/** Fills an empty world with people, friendships, rooms and messages; `nowMs` dates the latest messages. */
export function seedWorld(world: World, { nowMs }: { nowMs: number }): void {
  const accounts = seedAccounts.map((draft) => addPerson(world, { ...draft, canLogIn: true }))
  const people = seedPeople.map((draft) => addPerson(world, draft))
  accounts.forEach((account, index) => {
    // The first account is a friend of everyone except the last person, who can therefore send a friend request.
    const friends = people.filter((_, at) => at < people.length - 1 && (index === 0 || (at + index) % 3 !== 0))
    for (const { wxid } of friends) befriend(world, account.wxid, wxid)
  })
  befriend(world, 'wxid_weimi000001', 'wxid_yunkefu00002')
  const remarked = world.data.friends['wxid_weimi000001']?.['wxid_liwei0000102']
  if (remarked) remarked.remark = '青岛李总'

  seedRooms.forEach((draft, index) => seedRoom(world, draft, nowMs - (seedRooms.length - index) * 17 * minuteMs))
}

function befriend(world: World, wxid: string, other: string): void {
  ;(world.data.friends[wxid] ??= {})[other] = { remark: '' }
  ;(world.data.friends[other] ??= {})[wxid] = { remark: '' }
}

function seedRoom(world: World, draft: (typeof seedRooms)[number], endedAtMs: number): void {
  const allWxids = Object.keys(world.data.people)
  const wxidOf = (digits: string) => allWxids.find((wxid) => wxid.endsWith(digits)) ?? ''
  const room: Room = {
    id: `${world.data.nextRoomNumber++}@chatroom`,
    name: draft.name,
    owner: wxidOf(draft.people[0] ?? ''),
    members: draft.people.map((digits) => ({ wxid: wxidOf(digits), displayName: draft.displayNames?.[digits] ?? '' })),
    savedBy: draft.savedBy.map(wxidOf),
    createdAtMs: endedAtMs - 90 * 24 * 60 * minuteMs,
  }
  world.data.rooms[room.id] = room
  world.data.messages[room.id] = draft.lines.map(([who, text], at) => ({
    id: randomMessageId(),
    chat: room.id,
    type: 'text',
    from: wxidOf(who),
    to: null,
    text,
    mediaId: null,
    fileName: null,
    via: 'phone',
    atMs: endedAtMs - (draft.lines.length - at) * minuteMs,
  }))
}
