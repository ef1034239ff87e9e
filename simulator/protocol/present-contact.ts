import { createHash } from 'node:crypto'

import { encryptedRoomId, isRoomId, userNameOf } from '@/simulator/login/user-names'
import { isMember } from '@/simulator/world/find-person'
import type { Login, Person, Room, World } from '@/simulator/world/world'
import { encodeText } from '@/simulator/protocol/encode-text'

const blank = {
  Uin: 0,
  UserName: '',
  NickName: '',
  HeadImgUrl: '',
  ContactFlag: 0,
  MemberCount: 0,
  MemberList: [] as unknown[],
  RemarkName: '',
  HideInputBarFlag: 0,
  Sex: 0,
  Signature: '',
  VerifyFlag: 0,
  OwnerUin: 0,
  PYInitial: '',
  PYQuanPin: '',
  RemarkPYInitial: '',
  RemarkPYQuanPin: '',
  StarFriend: 0,
  AppAccountFlag: 0,
  Statues: 0,
  AttrStatus: 0,
  Province: '',
  City: '',
  Alias: '',
  SnsFlag: 0,
  UniFriend: 0,
  DisplayName: '',
  ChatRoomId: 0,
  KeyWord: '',
  EncryChatRoomId: '',
  IsOwner: 0,
}

/** Presents a contact or a room as this login sees it; for an unknown one, only the requested user name. */
export function presentContact(world: World, login: Login, rawId: string, { withMembers = true } = {}) {
  if (isRoomId(rawId)) {
    const room = world.data.rooms[rawId]
    return room ? presentRoom(world, login, room, withMembers) : { ...blank, UserName: userNameOf(login, rawId) }
  }
  if (rawId === 'filehelper')
    return { ...blank, UserName: rawId, NickName: '文件传输助手', ContactFlag: 3, KeyWord: 'fil' }
  const person = world.data.people[rawId]
  return person ? presentPerson(world, login, person) : { ...blank, UserName: userNameOf(login, rawId) }
}

/** Presents the account itself, as webwxinit returns it. */
export function presentSelf(world: World, login: Login) {
  const person = world.data.people[login.wxid]
  if (!person) throw new Error(`the account ${login.wxid} has left the world`)
  return {
    ...presentPerson(world, login, person),
    Uin: login.uin,
    ContactFlag: 0,
    HeadImgFlag: 1,
    WebWxPluginSwitch: 0,
  }
}

function presentPerson(world: World, login: Login, person: Person) {
  const friendship = world.data.friends[login.wxid]?.[person.wxid]
  return {
    ...blank,
    UserName: userNameOf(login, person.wxid),
    NickName: encodeText(person.nickname),
    HeadImgUrl: headImageUrl(login, person.wxid, 'webwxgeticon'),
    ContactFlag: friendship ? 3 : 0,
    RemarkName: encodeText(friendship?.remark ?? ''),
    Sex: person.sex,
    Signature: encodeText(person.signature),
    AttrStatus: 103_525,
    Province: person.province,
    City: person.city,
    Alias: person.alias,
    KeyWord: person.wxid.slice(0, 3),
  }
}

function presentRoom(world: World, login: Login, room: Room, withMembers: boolean) {
  const members = withMembers && isMember(room, login.wxid) ? room.members : []
  return {
    ...blank,
    UserName: userNameOf(login, room.id),
    NickName: encodeText(room.name),
    HeadImgUrl: headImageUrl(login, room.id, 'webwxgetheadimg'),
    ContactFlag: room.savedBy.includes(login.wxid) ? 3 : 2,
    MemberCount: members.length,
    MemberList: members.map((member) => presentMember(world, login, member)),
    OwnerUin: room.owner === login.wxid ? login.uin : 0,
    ChatRoomOwner: userNameOf(login, room.owner),
    IsOwner: room.owner === login.wxid ? 1 : 0,
    EncryChatRoomId: withMembers ? encryptedRoomId(login, room.id) : '',
  }
}

function presentMember(world: World, login: Login, member: Room['members'][number]) {
  return {
    Uin: 0,
    UserName: userNameOf(login, member.wxid),
    NickName: encodeText(world.data.people[member.wxid]?.nickname ?? ''),
    AttrStatus: 103_525,
    PYInitial: '',
    PYQuanPin: '',
    RemarkPYInitial: '',
    RemarkPYQuanPin: '',
    MemberStatus: 0,
    DisplayName: encodeText(member.displayName),
    KeyWord: member.wxid.slice(0, 3),
  }
}

/** `seq` is the same at every login, as on WeChat, so that a client can reidentify the contact. */
function headImageUrl(login: Login, rawId: string, call: 'webwxgeticon' | 'webwxgetheadimg'): string {
  const seq = createHash('md5').update(rawId).digest().readUInt32BE() % 700_000_000
  return `/cgi-bin/mmwebwx-bin/${call}?seq=${seq}&username=${userNameOf(login, rawId)}&skey=${login.skey}`
}
