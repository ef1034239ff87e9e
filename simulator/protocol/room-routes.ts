import { Hono } from 'hono'

import { isRoomId, rawIdOf, userNameOf } from '@/simulator/login/user-names'
import { inviteToRoom, joinRoom, leaveRoom, renameRoom } from '@/simulator/world/change-room'
import { createRoom } from '@/simulator/world/create-room'
import { areFriends, findPersonOrThrow, isMember } from '@/simulator/world/find-person'
import type { Login, Room, World } from '@/simulator/world/world'
import { respond, readJson, recordsOf, textOf, WechatRet } from '@/simulator/protocol/response'
import { authenticate } from '@/simulator/protocol/authenticate'
import type { ProtocolEnv, Simulator } from '@/simulator/protocol/context'
import { encodeText } from '@/simulator/protocol/encode-text'

const directLimit = 40

/** Rooms: creation, adding, inviting and removing members, the topic. */
export function roomRoutes({ world }: Simulator): Hono<ProtocolEnv> {
  const app = new Hono<ProtocolEnv>().basePath('/cgi-bin/mmwebwx-bin')

  app.post('/webwxcreatechatroom', async (c) => {
    const body = await readJson(c)
    const login = authenticate(world, c, body.BaseRequest)
    const userNames = recordsOf(body.MemberList).map((member) => textOf(member.UserName))
    const members = friendsOf(world, login, userNames)
    if (members.length < 2 || members.length >= directLimit) throw new WechatRet(1)
    const room = createRoom(world, { name: textOf(body.Topic), owner: login.wxid, members })
    return respond(c, {
      Topic: encodeText(room.name),
      PYInitial: '',
      QuanPin: '',
      ...presentMembers(
        world,
        login,
        room.members.map((member) => member.wxid),
      ),
      ChatRoomName: userNameOf(login, room.id),
      BlackList: '',
    })
  })

  app.post('/webwxupdatechatroom', async (c) => {
    const body = await readJson(c)
    const login = authenticate(world, c, body.BaseRequest)
    const room = roomOf(world, login, textOf(body.ChatRoomName))
    const change = changes[c.req.query('fun') ?? '']
    if (!change) throw new WechatRet(1)
    return respond(c, presentMembers(world, login, change(world, login, room, body)))
  })
  return app
}

type Change = (world: World, login: Login, room: Room, body: Record<string, unknown>) => string[]

const changes: Record<string, Change> = {
  addmember(world, login, room, body) {
    const wxids = friendsOf(world, login, listOf(body.AddMemberList))
    if (room.members.length + wxids.length > directLimit) throw new WechatRet(1)
    for (const wxid of wxids) joinRoom(world, { roomId: room.id, wxid, inviter: login.wxid })
    return wxids
  },
  invitemember(world, login, room, body) {
    const wxids = friendsOf(world, login, listOf(body.InviteMemberList))
    for (const wxid of wxids) inviteToRoom(world, { roomId: room.id, inviter: login.wxid, wxid })
    return wxids
  },
  delmember(world, login, room, body) {
    const wxids = listOf(body.DelMemberList).map((userName) => rawIdOf(world, login, userName) ?? '')
    if (room.owner !== login.wxid || !wxids.every((wxid) => isMember(room, wxid))) throw new WechatRet(1)
    for (const wxid of wxids) leaveRoom(world, { roomId: room.id, wxid, by: login.wxid })
    return []
  },
  modtopic(world, login, room, body) {
    const name = textOf(body.NewTopic)
    if (!name) throw new WechatRet(1)
    renameRoom(world, { roomId: room.id, name, by: login.wxid })
    return []
  },
}

function listOf(value: unknown): string[] {
  return textOf(value).split(',').filter(Boolean)
}

function roomOf(world: World, login: Login, userName: string): Room {
  const rawId = rawIdOf(world, login, userName)
  const room = rawId && isRoomId(rawId) ? world.data.rooms[rawId] : undefined
  if (!room || !isMember(room, login.wxid)) throw new WechatRet(1)
  return room
}

/** @throws WechatRet 1 if a user name is unknown to this login or not a friend. */
function friendsOf(world: World, login: Login, userNames: string[]): string[] {
  return userNames.map((userName) => {
    const wxid = rawIdOf(world, login, userName)
    if (!wxid || !areFriends(world, login.wxid, wxid)) throw new WechatRet(1)
    return wxid
  })
}

function presentMembers(world: World, login: Login, wxids: string[]) {
  const MemberList = wxids.map((wxid) => ({
    Uin: 0,
    UserName: userNameOf(login, wxid),
    NickName: encodeText(findPersonOrThrow(world, wxid).nickname),
    AttrStatus: 0,
    PYInitial: '',
    PYQuanPin: '',
    RemarkPYInitial: '',
    RemarkPYQuanPin: '',
    MemberStatus: 0,
    DisplayName: '',
    KeyWord: '',
  }))
  return { MemberCount: MemberList.length, MemberList }
}
