import { z } from 'zod'
import { conversationViews } from '@/lib/conversation/list-conversations'
import { conversationState } from '@/lib/db/schema/conversation'
import { serviceStates } from '@/lib/db/types'
import { defineContract } from '@/lib/http/contract/contract'
import { sendMessage, uploadParameters } from '@/lib/http/contract/message-contracts'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { cursor, messageShape, nextCursor, pageSize, sequenceCursor } from '@/lib/http/contract/shapes'
import { metricRanges } from '@/lib/metrics/range'
import { timeZone } from '@/lib/metrics/time-zone'
import { plainText } from '@/lib/plain-text'

const stateWords = [
  '`bot` 自动回复',
  '`waiting` 等待人工，不自动回复',
  '`assigned` 已分配给操作员，不自动回复',
  '`closed` 已解决，对方再发消息时回到 `bot`',
]

/** Spec: F1 (conversation). */
const conversationShape = z
  .object({
    id: z.string().meta({ description: '会话唯一标识', examples: ['cnv_5hTq2LmVx8RcYp0WbKzD3E'] }),
    robot_id: z.string().meta({ description: '机器人唯一标识', examples: ['rbt_3vJ8kQ2mXb7RwT5yZc1NpA'] }),
    room_id: z
      .string()
      .nullable()
      .meta({ description: '群ID；私聊为 null', examples: [null] }),
    to_user: z.string().meta({ description: '对方的标识，可用于发送消息', examples: ['@7d1f0c2a94be'] }),
    nickname: z.string().meta({ description: '对方的昵称，或群名称', examples: ['小林'] }),
    state: z
      .enum(conversationState.enumValues)
      .meta({ description: `状态：${stateWords.join('、')}`, examples: ['waiting'] }),
    operator: z
      .string()
      .nullable()
      .meta({ description: '会话分配给的操作员的邮箱', examples: [null] }),
    unread: z
      .number()
      .int()
      .meta({ description: '操作员没有读过的消息数', examples: [2] }),
    waiting_since: z.iso
      .datetime()
      .nullable()
      .meta({ description: '从何时开始等待人工', examples: ['2026-11-21T08:00:00.000Z'] }),
    handover_problem: z
      .string()
      .nullable()
      .meta({
        description: '企业微信没有接受转人工的原因，会话等待分配给操作员；没有则为 null',
        examples: [null],
      }),
    service_state: z
      .enum(serviceStates)
      .nullable()
      .meta({
        description:
          '企业微信里谁在接待：queue 在待接入池排队，employee 由员工接待，ended 已结束；这时不能发送。null：由机器人接待',
        examples: [null],
      }),
    last_message_at: z.iso
      .datetime()
      .meta({ description: '最后一条消息的时间', examples: ['2026-11-21T08:00:00.000Z'] }),
  })
  .meta({ id: 'Conversation', title: '会话' })

const common = { dialect: 'v1', tag: '会话' } as const

/** Spec: F5 (API and command line). */
export const listConversations = defineContract({
  ...common,
  name: 'listConversations',
  method: 'GET',
  path: '/v1/conversations',
  summary: '获取会话列表',
  description:
    '一个会话是机器人与一个人或一个群。`view=waiting` 按等待时间从长到短，其余按最后一条消息从新到旧。翻页时其他参数不变，带上 `cursor`。',
  parameters: z.object({
    view: z
      .enum(conversationViews)
      .exclude(['mine'])
      .default('open')
      .meta({ description: '`open` 未解决，`waiting` 等待人工，`unread` 未读，`closed` 已解决，`all` 全部' }),
    robot_id: z
      .string()
      // Postgres rejects NUL in text; with a replacement character the id is simply unknown.
      .transform((id) => id.replaceAll('\0', '\ufffd'))
      .optional()
      .meta({ description: '只列出这个机器人的会话' }),
    q: plainText({ maxLength: 100 })
      .optional()
      .meta({ description: '名称，或消息里的文字；只有一个字时找最近 30 天的消息' }),
    cursor,
    limit: pageSize,
  }),
  data: z.object({ conversations: z.array(conversationShape), next_cursor: nextCursor }),
  errors: ['ROBOT_NOT_FOUND'],
})

export const showConversation = defineContract({
  ...common,
  name: 'getConversation',
  method: 'GET',
  path: '/v1/conversations/{conversation_id}',
  summary: '查询会话',
  description: '返回一个会话及其状态。',
  parameters: noParameters,
  data: z.object({ conversation: conversationShape }),
  errors: ['NOT_FOUND'],
})

export const listConversationMessages = defineContract({
  ...common,
  name: 'listConversationMessages',
  method: 'GET',
  path: '/v1/conversations/{conversation_id}/messages',
  summary: '获取会话的消息',
  description: '返回双方的消息，从新到旧。',
  parameters: z.object({
    cursor: sequenceCursor,
    limit: pageSize,
  }),
  data: z.object({ messages: z.array(messageShape), next_cursor: nextCursor }),
  errors: ['NOT_FOUND'],
})

export const assignConversation = defineContract({
  ...common,
  name: 'assignConversation',
  method: 'POST',
  path: '/v1/conversations/{conversation_id}/assign',
  summary: '分配会话',
  description: '把会话分配给一名操作员，之后不再自动回复；`operator` 为 null 时放回等待人工。',
  parameters: z.object({
    operator: plainText({ maxLength: 254 })
      .nullable()
      .meta({ description: '操作员的邮箱，或 null', examples: [null] }),
  }),
  data: z.object({ conversation: conversationShape }),
  errors: ['NOT_FOUND'],
})

export const replyInConversation = defineContract({
  ...common,
  name: 'replyInConversation',
  method: 'POST',
  scope: 'send',
  path: '/v1/conversations/{conversation_id}/reply',
  summary: '回复会话',
  description:
    '与“发送消息”相同，接收者是会话的对方或群；图片和文件可以直接上传，正文最大 14 MiB。会话的状态不变，未读数清零。',
  parameters: uploadParameters.omit({ to_user: true }),
  takesIdempotencyKey: true,
  takesUpload: true,
  data: sendMessage.data,
  errors: ['NOT_FOUND', ...sendMessage.errors],
})

export const resolveConversation = defineContract({
  ...common,
  name: 'resolveConversation',
  method: 'POST',
  path: '/v1/conversations/{conversation_id}/resolve',
  summary: '解决会话',
  description: '关闭会话；对方再发消息时恢复自动回复。',
  parameters: noParameters,
  data: z.object({ conversation: conversationShape }),
  errors: ['NOT_FOUND'],
})

const figureCount = (description: string) =>
  z
    .number()
    .int()
    .meta({ description, examples: [3] })
const figureMs = (description: string) =>
  z
    .number()
    .nullable()
    .meta({ description: `${description}，毫秒；没有时为 null`, examples: [42_000] })

const figuresShape = z.object({
  operator_count: figureCount('由操作员回复的会话数；一个会话只计一次，先计操作员，再计模型、回调、规则'),
  model_count: figureCount('由模型回复的会话数'),
  callback_count: figureCount('由回调的响应回复的会话数'),
  rule_count: figureCount('由规则回复的会话数'),
  request_count: figureCount('请求人工的次数'),
  resolved_count: figureCount('已解决的会话数'),
  typical_wait_ms: figureMs('从请求人工到分配给操作员（或到现在）的时间，一半在此之内'),
  slow_wait_ms: figureMs('从请求人工到分配给操作员（或到现在）的时间，95% 在此之内'),
  typical_response_ms: figureMs('从请求人工到操作员首次回复的时间，一半在此之内'),
  slow_response_ms: figureMs('从请求人工到操作员首次回复的时间，95% 在此之内'),
})

/** Spec: F5 (API and command line). */
export const showConversationFigures = defineContract({
  ...common,
  name: 'getConversationFigures',
  method: 'GET',
  path: '/v1/conversations/figures',
  summary: '获取会话统计',
  description: '返回由谁处理了会话、等待人工和首次回复的时间，按分钟（`1h`）、小时（`24h`）或天（`7d`），从旧到新。',
  parameters: z.object({
    range: z.enum(metricRanges).default('24h').meta({ description: '时间范围' }),
    time_zone: timeZone.default('Asia/Shanghai').meta({ description: '划分小时和天的时区' }),
  }),
  data: z.object({
    total: figuresShape.meta({ description: '整个时间范围' }),
    points: z.array(
      figuresShape.extend({
        starts_at: z.iso.datetime().meta({ description: '从何时开始', examples: ['2026-11-21T08:00:00.000Z'] }),
      }),
    ),
  }),
  errors: [],
})
