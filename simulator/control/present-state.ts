import { findCode } from '@/simulator/login/code'
import { findLiveLogin } from '@/simulator/login/end-login'
import type { Code, FriendRequest, Message, Person, Room, World } from '@/simulator/world/world'

/** Presents the whole world except its messages, for the phone page and tests. */
export function presentState(world: World) {
  const people = Object.values(world.data.people).map((person) => presentPerson(world, person))
  return {
    simulator: true,
    revision: world.revision,
    accounts: people.filter((person) => person.canLogIn),
    people: people.filter((person) => !person.canLogIn),
    codes: Object.keys(world.data.codes)
      .flatMap((uuid) => findCode(world, uuid) ?? [])
      .map(presentCode),
    rooms: Object.values(world.data.rooms).map((room) => presentRoom(world, room)),
    friendRequests: world.data.friendRequests.map(presentFriendRequest),
  }
}

export function presentPerson(world: World, person: Person) {
  const login = findLiveLogin(world, person.wxid)
  const friends = Object.entries(world.data.friends[person.wxid] ?? {})
  return {
    wxid: person.wxid,
    alias: person.alias,
    nickname: person.nickname,
    uin: person.uin,
    avatarUrl: `/sim/avatars/${person.wxid}.png`,
    canLogIn: person.canLogIn,
    webLogin: person.webLogin,
    online: Boolean(login),
    login: login ? { sinceMs: login.createdAtMs, lastCallAtMs: login.lastCallAtMs } : null,
    friends: friends.map(([wxid, { remark }]) => ({ wxid, remark })),
  }
}

export function presentCode(code: Code) {
  return {
    uuid: code.uuid,
    url: `https://login.weixin.qq.com/l/${code.uuid}`,
    qrUrl: `/sim/codes/${encodeURIComponent(code.uuid)}/qr.svg`,
    state: code.state,
    wxid: code.wxid,
    createdAtMs: code.createdAtMs,
    expiresAtMs: code.expiresAtMs,
  }
}

export function presentRoom(world: World, room: Room) {
  const last = world.data.messages[room.id]?.at(-1)
  return {
    id: room.id,
    name: room.name,
    owner: room.owner,
    members: room.members.map((member) => ({
      ...member,
      nickname: world.data.people[member.wxid]?.nickname ?? member.wxid,
    })),
    savedBy: room.savedBy,
    lastMessage: last ? presentMessage(world, last) : null,
    createdAtMs: room.createdAtMs,
  }
}

export function presentMessage(world: World, message: Message) {
  const member = world.data.rooms[message.chat]?.members.find(({ wxid }) => wxid === message.from)
  const nickname = message.from ? (world.data.people[message.from]?.nickname ?? message.from) : ''
  return {
    id: message.id,
    chat: message.chat,
    type: message.type,
    from: message.from,
    fromName: member?.displayName || nickname,
    to: message.to,
    text: message.text,
    mediaUrl: message.mediaId ? `/sim/media/${message.mediaId}` : null,
    contentType: message.mediaId ? (world.data.media[message.mediaId]?.contentType ?? null) : null,
    fileName: message.fileName,
    ...(message.roomId ? { roomId: message.roomId } : {}),
    via: message.via,
    atMs: message.atMs,
  }
}

export function presentFriendRequest({ ticket: _secret, ...request }: FriendRequest) {
  return request
}
