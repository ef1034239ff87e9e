import { z } from 'zod'
import { friendRequestState } from '@/lib/db/schema/address-book'
import { remarkText } from '@/lib/address-book/remark'
import { defineContract, wechatErrors } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { plainText } from '@/lib/plain-text'
import { cursor, nextCursor, pageSize, sequenceCursor } from '@/lib/http/contract/shapes'

const contactShape = z
  .object({
    id: z.string().meta({ description: '联系人标识；网页协议每次登录会变', examples: ['o9cq80xyz@im.wechat'] }),
    nickname: z.string().meta({ description: '昵称；不知道时为空', examples: [''] }),
    remark: z.string().meta({ description: '备注；没有时为空', examples: [''] }),
    is_owner: z.boolean().meta({ description: '是否是扫码绑定机器人的人', examples: [true] }),
  })
  .meta({ id: 'Contact', title: '联系人' })

/** Extension: the people that a robot can write to. Spec: E5 (iLink). */
export const listContacts = defineContract({
  name: 'listContacts',
  dialect: 'v1',
  tag: '联系人',
  method: 'GET',
  path: '/v1/robots/{robot_id}/contacts',
  summary: '获取联系人列表',
  description:
    '返回机器人可以私聊的人，标识可作为发送消息的 `to_user`。`web` 和 `gateway` 是微信通讯录里的好友，按备注或昵称排列；`ilink` 只有扫码绑定的人（`is_owner`）；`wecom_kf` 是发过消息的客户，最近有消息的在前。',
  parameters: z.object({
    search: plainText({ maxLength: 100, isTrimmed: true, mayBeEmpty: true })
      .optional()
      .meta({ description: '昵称或备注的一部分，或完整的标识' }),
    cursor,
    limit: pageSize,
  }),
  data: z.object({ contacts: z.array(contactShape), next_cursor: nextCursor }),
  errors: ['ROBOT_NOT_FOUND'],
})

/** Extension: names a contact. */
export const setContactRemark = defineContract({
  name: 'setContactRemark',
  dialect: 'v1',
  tag: '联系人',
  method: 'POST',
  path: '/v1/robots/{robot_id}/contacts/{contact_id}/remark',
  summary: '设置联系人备注',
  description:
    '在微信里设置备注，等到微信接受后返回，最多等待 30 秒。群助手在备注末尾加的识别码（`#` 和 6 个字符）保留，不算在备注里。连接方式的能力 `friend_requests` 为 `true` 时可用（现在是 `web` 和 `gateway`）。',
  parameters: z.object({
    remark: remarkText.meta({ description: '备注，最多 16 个字；空字符串清除备注', examples: ['王老板'] }),
  }),
  data: z.object({ contact: contactShape }),
  errors: ['ROBOT_NOT_FOUND', 'NOT_FOUND', 'ILLEGAL_ACTION', 'WECHAT_REFUSED', 'OUTCOME_UNKNOWN', ...wechatErrors],
})

const stateWords = ['`pending` 等待处理', '`accepted` 已通过', '`refused` 已拒绝', '`expired` 重新登录后失效']

const friendRequestShape = z
  .object({
    id: z.string().meta({ description: '好友请求标识', examples: ['frq_5hTq2LmVx8RcYp0WbKzD3E'] }),
    contact_id: z.string().meta({ description: '对方的标识', examples: ['@6c1f0a92be47'] }),
    nickname: z.string().meta({ description: '对方的昵称', examples: ['小林'] }),
    greeting: z.string().meta({ description: '验证信息', examples: ['我是楼下花店的小林'] }),
    state: z
      .enum(friendRequestState.enumValues)
      .meta({ description: `状态：${stateWords.join('、')}`, examples: ['pending'] }),
    requested_at: z.iso.datetime().meta({ description: '收到的时间', examples: ['2026-11-21T08:00:00.000Z'] }),
    decided_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: '处理的时间；还没有处理时为 null', examples: [null] }),
  })
  .meta({ id: 'FriendRequest', title: '好友请求' })

/** Extension: people who want to become friends. */
export const listFriendRequests = defineContract({
  name: 'listFriendRequests',
  dialect: 'v1',
  tag: '联系人',
  method: 'GET',
  path: '/v1/robots/{robot_id}/friend-requests',
  summary: '获取好友请求列表',
  description: '返回收到的好友请求，新的在前。验证信息里有入群令牌或群号代码的请求由群助手自动通过。',
  parameters: z.object({
    state: z.enum(friendRequestState.enumValues).optional().meta({ description: '只要这个状态的' }),
    cursor: sequenceCursor,
    limit: pageSize,
  }),
  data: z.object({
    friend_requests: z.array(friendRequestShape),
    next_cursor: z
      .number()
      .int()
      .nullable()
      .meta({ description: '下一页的 `cursor`；没有下一页时为 null', examples: [null] }),
  }),
  errors: ['ROBOT_NOT_FOUND'],
})

const decision = {
  dialect: 'v1',
  tag: '联系人',
  method: 'POST',
  parameters: noParameters,
  data: z.object({ friend_request: friendRequestShape }),
  errors: ['ROBOT_NOT_FOUND', 'NOT_FOUND', 'ILLEGAL_ACTION', 'WECHAT_REFUSED', 'OUTCOME_UNKNOWN', ...wechatErrors],
} as const

/** Extension: accepts a friend request. */
export const acceptFriendRequest = defineContract({
  ...decision,
  name: 'acceptFriendRequest',
  path: '/v1/robots/{robot_id}/friend-requests/{request_id}/accept',
  summary: '通过好友请求',
  description: '通过等待处理的好友请求，等到微信接受后返回，最多等待 30 秒。已经处理过的返回 -1006。',
})

/** Extension: refuses a friend request. */
export const refuseFriendRequest = defineContract({
  ...decision,
  name: 'refuseFriendRequest',
  path: '/v1/robots/{robot_id}/friend-requests/{request_id}/refuse',
  summary: '拒绝好友请求',
  description:
    '拒绝等待处理的好友请求，微信不通知对方。网页协议没有拒绝的接口，所以 `web` 只在本系统里记为已拒绝，手机上仍显示等待验证。',
})
