import * as z from 'zod'
import { accountOf, type GatewayCall, GatewayRefusal, readFields } from '@/simulator/gateway/gateway-call'
import { acceptFriendRequest, refuseFriendRequest, setRemark } from '@/simulator/world/befriend'

const maxBriefInfos = 100
const accept = 3
const refuse = 4

const fetchContactsList: GatewayCall = (input) => {
  const { wxid } = accountOf(input)
  const { friends, rooms } = input.simulator.world.data
  return {
    friends: ['weixin', 'fmessage', 'filehelper', ...Object.keys(friends[wxid] ?? {})],
    chatrooms: Object.values(rooms).flatMap((room) => (room.savedBy.includes(wxid) ? room.id : [])),
    ghs: ['gh_3dfda90e39d6'],
  }
}

/** The address book and friend requests. */
export const contactCalls: Record<string, GatewayCall> = {
  'contacts/fetchContactsList': fetchContactsList,
  'contacts/fetchContactsListCache': fetchContactsList,
  'contacts/getBriefInfo': (input) => {
    const { wxid } = accountOf(input)
    const { wxids } = readFields(input, { wxids: z.array(z.string()).max(maxBriefInfos) })
    const { people, friends } = input.simulator.world.data
    return wxids.flatMap((userName) => {
      const person = Object.hasOwn(people, userName) ? people[userName] : undefined
      if (!person) return []
      return {
        userName,
        nickName: person.nickname,
        remark: friends[wxid]?.[userName]?.remark || null,
        alias: person.alias || null,
        smallHeadImgUrl: `${input.origin}/sim/avatars/${userName}.png`,
      }
    })
  },
  'contacts/addContacts': (input) => {
    const { wxid } = accountOf(input)
    const { option, v3, v4 } = readFields(input, { option: z.number(), v3: z.string(), v4: z.string() })
    const request = input.simulator.world.data.friendRequests.find(
      ({ id, to, ticket }) => to === wxid && ticket === v4 && v3 === `v3_${id}@stranger`,
    )
    if (!request) throw new GatewayRefusal('-4', '操作失败')
    if (option === accept) acceptFriendRequest(input.simulator.world, request)
    else if (option === refuse) refuseFriendRequest(input.simulator.world, request)
    else throw new GatewayRefusal('-4', '操作失败')
    return { v3: '' }
  },
  'contacts/setFriendRemark': (input) => {
    const fields = readFields(input, { wxid: z.string(), remark: z.string() })
    setRemark(input.simulator.world, accountOf(input).wxid, { friend: fields.wxid, remark: fields.remark })
    return null
  },
}
