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
