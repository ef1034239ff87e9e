import { z } from 'zod'
import { membershipRole } from '@/lib/db/schema/membership'
import { defineContract, wechatErrors } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { boundRoomShape, cursor, nextCursor, pageSize, roomShape } from '@/lib/http/contract/shapes'

/** Spec: 同步微信群列表, A10 (synchronise and list). */
export const syncRooms = defineContract({
  name: 'syncRooms',
  dialect: 'robots',
  tag: '微信群',
  method: 'POST',
  path: '/robots/{robot_id}/rooms/sync',
  summary: '同步微信群列表',
  description: '向微信查询并保存群列表，再返回它；最多等待 30 秒。',
  parameters: noParameters,
  data: z.object({ rooms: z.array(roomShape) }),
  errors: ['ROBOT_NOT_FOUND', ...wechatErrors],
})

/** Spec: 获取微信群列表, A10 (synchronise and list). */
export const listRooms = defineContract({
  name: 'listRooms',
  dialect: 'robots',
  tag: '微信群',
  method: 'GET',
  path: '/robots/{robot_id}/rooms',
  summary: '获取微信群列表',
  description: '返回已保存的群列表，不询问微信；已经不在的群不列出。',
  parameters: noParameters,
  data: z.object({ rooms: z.array(roomShape) }),
  errors: ['ROBOT_NOT_FOUND'],
})

/** Extension: the QR code by which a person joins a room. Spec: E3 (capabilities). */
export const fetchRoomCode = defineContract({
  name: 'getRoomQrCode',
  dialect: 'v1',
  tag: '微信群',
  method: 'POST',
  path: '/v1/robots/{robot_id}/rooms/{room_id}/qr',
  summary: '获取群二维码',
  description:
    '返回入群二维码的图片链接。连接方式的能力 `join_qr` 为 `true` 时可用（现在是 `gateway`），否则返回 -1006。二维码 7 天内有效：还能用一天以上时返回已保存的，否则向微信获取，最多等待 30 秒。新设备登录后的头几天，微信可能不提供二维码（-1）；群成员满 200 人时扫码不能入群。',
  parameters: noParameters,
  data: z.object({
    qrcode_url: z.string().meta({
      description: '二维码图片的链接，得到它的人都能打开',
      examples: ['https://wxbot.example.com/v1/media/out_1'],
    }),
    expires_at: z.string().meta({ description: '失效时间', examples: ['2026-12-06T08:00:00.000Z'] }),
  }),
  errors: ['ROBOT_NOT_FOUND', 'TARGET_NOT_FOUND', 'ILLEGAL_ACTION', 'WECHAT_REFUSED', ...wechatErrors],
})

/** Spec: 获取绑定微信群列表, A8 (binding by agent_id). */
export const listBoundRooms = defineContract({
  name: 'listBoundRooms',
  dialect: 'robots',
  tag: '微信群',
  method: 'GET',
  path: '/robots/{robot_id}/rooms/active',
  summary: '获取绑定微信群列表',
  description: '返回名称后 6 位与代理号后 6 位相同的群，以及操作员手动绑定的群。',
  parameters: noParameters,
  data: z.object({ rooms: z.array(boundRoomShape) }),
  errors: ['ROBOT_NOT_FOUND'],
})

const memberList = z.object({
  member_count: z
    .number()
    .int()
    .meta({ description: '微信显示的人数，0 表示不知道', examples: [128] }),
  read_at: z.iso
    .datetime()
    .nullable()
    .meta({
      description: '上次向微信读取成员的时间；本次登录还没有读过时为 null',
      examples: ['2026-11-21T08:00:00.000Z'],
    }),
  members: z.array(
    z
      .object({
        id: z.string().meta({ description: '成员标识', examples: ['mbr_5hTq2LmVx8RcYp0WbKzD3E'] }),
        username: z
          .string()
          .nullable()
          .meta({ description: '微信的标识，网页协议每次登录会变；不知道时为 null', examples: ['@6c1f0a92be47'] }),
        nickname: z.string().meta({ description: '群里的昵称', examples: ['小林'] }),
        role: z
          .enum(membershipRole.enumValues)
          .meta({ description: '`owner` 商家群的群主，`member` 其他成员', examples: ['member'] }),
        joined_at: z.iso
          .datetime()
          .nullable()
          .meta({ description: '由助手认出并入群的时间；不知道时为 null', examples: ['2026-11-21T08:00:00.000Z'] }),
      })
      .meta({ id: 'RoomMember', title: '群成员' }),
  ),
  next_cursor: nextCursor,
})

/** Extension: who is in a room, as stored. Spec: A9 (durable room ids). */
export const listRoomMembers = defineContract({
  name: 'listRoomMembers',
  dialect: 'v1',
  tag: '微信群',
  method: 'GET',
  path: '/v1/robots/{robot_id}/rooms/{room_id}/members',
  summary: '获取群成员列表',
  description:
    '返回已保存的成员，不询问微信。`read_at` 为 null 时还没有向微信读取过，只列出商家群里由助手认出并已入群的人；读取用同一路径的 POST。',
  parameters: z.object({ cursor, limit: pageSize }),
  data: memberList,
  errors: ['ROBOT_NOT_FOUND', 'TARGET_NOT_FOUND'],
})

/** Extension: who is in a room, asked of WeChat. Spec: A9 (durable room ids). */
export const readRoomMembers = defineContract({
  name: 'readRoomMembers',
  dialect: 'v1',
  tag: '微信群',
  method: 'POST',
  path: '/v1/robots/{robot_id}/rooms/{room_id}/members',
  summary: '向微信读取群成员',
  description:
    '向微信读取群里的全部成员并保存，再返回第一页；最多等待 30 秒。10 分钟内读过的不再询问微信，除非 `refresh` 为 `true`。',
  parameters: z.object({
    refresh: z
      .boolean()
      .default(false)
      .meta({ description: '不用保存的成员，重新询问微信', examples: [false] }),
    // A body has numbers: `pageSize` would also take `true` and texts.
    limit: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(50)
      .meta({ description: '每页最多多少条', examples: [50] }),
  }),
  data: memberList,
  scope: 'read',
  errors: ['ROBOT_NOT_FOUND', 'TARGET_NOT_FOUND', ...wechatErrors],
})
