import QRCode from 'qrcode'
import * as z from 'zod'
import {
  accountOf,
  type CallInput,
  type GatewayCall,
  GatewayRefusal,
  readFields,
} from '@/simulator/gateway/gateway-call'
import { inviteToRoom, joinRoom, renameRoom, saveRoom } from '@/simulator/world/change-room'
import { createRoom } from '@/simulator/world/create-room'
import { areFriends, findRoomOrThrow, isMember } from '@/simulator/world/find-person'
import type { Room } from '@/simulator/world/world'

/** Maximum members up to which a person is added directly; above, WeChat sends an invitation card. */
const directLimit = 40
const list = z.union([z.array(z.string()), z.string().transform((text) => text.split(',').filter(Boolean))])

/** Rooms: creation, names, members, invitations and QR codes. */
export const groupCalls: Record<string, GatewayCall> = {
  'group/createChatroom': (input) => {
    const { wxid } = accountOf(input)
    const { world } = input.simulator
    // The client of 2024 names the list `wxid`.
    const fields = readFields(input, { wxids: list.optional(), wxid: list.optional() })
    const members = fields.wxids ?? fields.wxid ?? []
    if (members.length < 2 || !members.every((member) => areFriends(world, wxid, member)))
      throw new GatewayRefusal('-4', '创建群聊至少需要两位好友')
    const room = createRoom(world, { name: '', owner: wxid, members })
    return { headImgBase64: '', chatroomId: room.id }
  },
  'group/modifyChatroomName': (input) => {
    const { chatroomName: name } = readFields(input, { chatroomName: z.string().min(1) })
    const { room, wxid } = roomOf(input)
    renameRoom(input.simulator.world, { roomId: room.id, name, by: wxid })
    return null
  },
  'group/saveContractList': (input) => {
    const { operType } = readFields(input, { operType: z.number() })
    const { room, wxid } = roomOf(input)
    saveRoom(input.simulator.world, { roomId: room.id, wxid, isSaved: operType === 3 })
    return null
  },
  'group/inviteMember': (input) => {
    const { wxids } = readFields(input, { wxids: list })
    const { room, wxid } = roomOf(input)
    const { world } = input.simulator
    if (!wxids.every((member) => areFriends(world, wxid, member))) throw new GatewayRefusal('-4', '对方不是好友')
    for (const member of wxids) {
      if (room.members.length >= directLimit) inviteToRoom(world, { roomId: room.id, inviter: wxid, wxid: member })
      else joinRoom(world, { roomId: room.id, wxid: member, inviter: wxid })
    }
    return null
  },
  'group/getChatroomInfo': (input) => {
    const { room } = roomOf(input)
    return {
      chatroomId: room.id,
      nickName: room.name,
      chatRoomNotify: 1,
      chatRoomOwner: room.owner,
      memberList: membersOf(input, room),
    }
  },
  'group/getChatroomMemberList': (input) => {
    const { room } = roomOf(input)
    return { memberList: membersOf(input, room), chatroomOwner: room.owner, adminWxid: null }
  },
  'group/getChatroomQrCode': async (input) => {
    const { room } = roomOf(input)
    const qrBase64 = await QRCode.toDataURL(`https://weixin.qq.com/g/${encodeURIComponent(room.id)}`, { margin: 2 })
    return { qrBase64, headImgUrl: '', qrTips: '该二维码7天内有效，重新进入将更新' }
  },
}

/** @throws GatewayRefusal if the account is not a member */
function roomOf(input: CallInput): { room: Room; wxid: string } {
  const { wxid } = accountOf(input)
  const { chatroomId } = readFields(input, { chatroomId: z.string() })
  const room = findRoomOrThrow(input.simulator.world, chatroomId)
  if (!isMember(room, wxid)) throw new GatewayRefusal('-4', '不在群聊中')
  return { room, wxid }
}

function membersOf({ simulator: { world } }: CallInput, room: Room) {
  return room.members.map(({ wxid, displayName }) => ({
    wxid,
    nickName: world.data.people[wxid]?.nickname ?? wxid,
    inviterUserName: room.owner,
    memberFlag: 1,
    displayName: displayName || null,
  }))
}
