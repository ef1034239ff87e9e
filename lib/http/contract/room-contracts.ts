import { z } from 'zod'
import { defineContract, wechatErrors } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { boundRoomShape, roomShape } from '@/lib/http/contract/shapes'

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
