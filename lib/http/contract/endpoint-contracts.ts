import { z } from 'zod'
import { maxOverlapSeconds } from '@/lib/application/overlap'
import { endpointStates } from '@/lib/callback/endpoint/list-endpoints'
import { callbackEventTypes, roomScopes } from '@/lib/db/types'
import { defineContract } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { visibleName } from '@/lib/plain-text'

const name = visibleName(64).meta({ description: '名称', examples: ['订单系统'] })
const url = z
  .string()
  .max(2048)
  .meta({ description: '接收通知的地址', examples: ['https://example.com/wxbot/orders'] })
const events = z
  .array(z.enum(callbackEventTypes))
  .min(1)
  .max(callbackEventTypes.length)
  .meta({ description: '收到哪些事件', examples: [['send_message', 'robot_status']] })
const roomScope = z.enum(roomScopes).meta({
  description: '哪些群的消息：`bound` 绑定的群，`all` 全部群，`all+private` 全部群和私聊；有 `room_ids` 时不起作用',
  examples: ['bound'],
})
const robotIds = z
  .array(z.string().max(64))
  .max(200)
  .meta({ description: '只收这些机器人的事件；空：全部机器人', examples: [[]] })
const roomIds = z
  .array(z.string().max(64))
  .max(200)
  .meta({ description: '只收这些群的事件，不收其他任何事件；空：不限', examples: [[]] })
const headers = z
  .array(z.object({ name: z.string().max(64), value: z.string().max(1024) }))
  .max(10)
  .meta({
    description: '通知里附带的请求头，最多 10 个，加密保存，不再返回。修改时 `value` 为空表示沿用原值，没有列出的删除',
    examples: [[{ name: 'X-Api-Key', value: 'k-123456' }]],
  })

const createParameters = z.object({
  name,
  url,
  events: events.default(['send_message']),
  room_scope: roomScope.default('bound'),
  robot_ids: robotIds.default([]),
  room_ids: roomIds.default([]),
  headers: headers.default([]),
})
const updateParameters = z.object({
  name: name.optional(),
  url: url.optional(),
  events: events.optional(),
  room_scope: roomScope.optional(),
  robot_ids: robotIds.optional(),
  room_ids: roomIds.optional(),
  headers: headers.optional(),
})
export type CreateEndpointParameters = z.output<typeof createParameters>
export type UpdateEndpointParameters = z.output<typeof updateParameters>

/** Spec: A14 (several endpoints). */
const settings = {
  id: z
    .string()
    .meta({ description: '唯一标识；应用自己的回调地址是 `default`', examples: ['ept_8dKq2LmVx8RcYp0WbKzD3E'] }),
  name: z.string().meta({ description: '名称；`default` 的为空', examples: ['订单系统'] }),
  url: z
    .string()
    .meta({ description: '地址，其中的参数值等隐去', examples: ['https://example.com/wxbot/orders?key=•••'] }),
  events: z.array(z.string()).meta({ description: '收到哪些事件', examples: [['send_message']] }),
  room_scope: roomScope,
  robot_ids: robotIds,
  room_ids: roomIds,
  header_names: z.array(z.string()).meta({ description: '附带的请求头的名称', examples: [['X-Api-Key']] }),
}
const endpointShape = z.object(settings).meta({ id: 'Endpoint', title: '回调地址' })
const endpointHealthShape = z
  .object({
    ...settings,
    status: z.enum(endpointStates).meta({
      description:
        '`healthy` 正常，`shaky` 上一次失败，`held` 对方要求稍后再发，`failing` 连续失败、定时试探，`paused` 已暂停',
      examples: ['healthy'],
    }),
    failing_since: z
      .string()
      .nullable()
      .meta({ description: '从何时开始失败；null：没有', examples: [null] }),
    waiting_count: z
      .number()
      .int()
      .meta({ description: '等待通知的条数', examples: [0] }),
  })
  .meta({ id: 'EndpointHealth', title: '回调地址及其状况' })
const signingSecret = z.string().meta({
  description: '这个地址的签名密钥，只返回这一次',
  examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
})

const shared = { dialect: 'v1', tag: '回调' } as const

export const listEndpoints = defineContract({
  ...shared,
  name: 'listEndpoints',
  method: 'GET',
  path: '/v1/endpoints',
  summary: '列出回调地址',
  description: '本应用的回调地址和状况。应用自己的回调地址在最前，`id` 是 `default`；没有设置就不列出。',
  parameters: noParameters,
  data: z.object({ endpoints: z.array(endpointHealthShape) }),
  errors: [],
})

export const createEndpoint = defineContract({
  ...shared,
  name: 'createEndpoint',
  method: 'POST',
  path: '/v1/endpoints',
  summary: '新建回调地址',
  description:
    '一个应用最多另加 10 个。每个地址有自己的事件、群、请求头、签名密钥、顺序和重试，一个地址不通不影响其他地址。' +
    '通知的正文是 `{action, data}`，没有 `token`：请用签名核对。只有 `default` 可以在响应里回复。',
  parameters: createParameters,
  data: z.object({ endpoint: endpointShape, signing_secret: signingSecret }),
  errors: ['ILLEGAL_ACTION'],
})

export const updateEndpoint = defineContract({
  ...shared,
  name: 'updateEndpoint',
  method: 'POST',
  path: '/v1/endpoints/{endpoint_id}',
  summary: '修改回调地址',
  description:
    '没有给出的字段不变。`default` 在管理后台或命令行修改。换了主机时，要重新给出各个请求头的值。等待中的通知发往新地址。',
  parameters: updateParameters,
  data: z.object({ endpoint: endpointShape }),
  errors: ['NOT_FOUND'],
})

export const removeEndpoint = defineContract({
  ...shared,
  name: 'deleteEndpoint',
  method: 'DELETE',
  path: '/v1/endpoints/{endpoint_id}',
  summary: '删除回调地址',
  description: '返回删除的地址。等待中的通知不再发出，已有的记录保留。',
  parameters: noParameters,
  data: z.object({ endpoint: endpointShape }),
  errors: ['NOT_FOUND'],
})

export const testEndpoint = defineContract({
  ...shared,
  name: 'testEndpoint',
  method: 'POST',
  path: '/v1/endpoints/{endpoint_id}/test',
  summary: '发送测试事件',
  description: '立即发送一次 `action: "test"` 的事件，失败不重试，暂停中也发送。`{endpoint_id}` 可以是 `default`。',
  parameters: noParameters,
  data: z.object({
    event_id: z.string().meta({ description: '`webhook-id`', examples: ['evt_4mTq7YwB2nZx0VcR9LsGhE'] }),
  }),
  errors: ['NOT_FOUND', 'ILLEGAL_ACTION'],
})

export const resumeEndpoint = defineContract({
  ...shared,
  name: 'resumeEndpoint',
  method: 'POST',
  path: '/v1/endpoints/{endpoint_id}/resume',
  summary: '恢复回调地址',
  description: '结束暂停或等待，立即通知等待中的事件。`{endpoint_id}` 可以是 `default`。',
  parameters: noParameters,
  data: undefined,
  errors: ['NOT_FOUND'],
})

export const rollEndpointSecret = defineContract({
  ...shared,
  name: 'rollEndpointSecret',
  method: 'POST',
  path: '/v1/endpoints/{endpoint_id}/roll-secret',
  summary: '更换签名密钥',
  description: '在 `overlap_seconds` 内，通知同时带新旧两个签名。',
  parameters: z.object({
    overlap_seconds: z
      .number()
      .int()
      .min(0)
      .max(maxOverlapSeconds)
      .default(86_400)
      .meta({ description: '新旧密钥同时有效的秒数', examples: [86400] }),
  }),
  data: z.object({ signing_secret: signingSecret }),
  errors: ['NOT_FOUND'],
})
