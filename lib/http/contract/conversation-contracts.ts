import { z } from 'zod'
import { conversationViews } from '@/lib/conversation/list-conversations'
import { defineContract } from '@/lib/http/contract/contract'
import { conversationDetailShape, conversationShape } from '@/lib/http/contract/conversation-shape'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { cursor, messageShape, nextCursor, pageSize, sequenceCursor } from '@/lib/http/contract/shapes'
import { plainText } from '@/lib/plain-text'

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
  description: '返回一个会话、它的状态和回复的时限。',
  parameters: noParameters,
  data: z.object({ conversation: conversationDetailShape }),
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
