import { z } from 'zod'
import { defineContract } from '@/lib/http/contract/contract'
import { conversationShape } from '@/lib/http/contract/conversation-shape'
import { sendMessage, uploadParameters } from '@/lib/http/contract/message-contracts'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { plainText } from '@/lib/plain-text'

const common = { dialect: 'v1', tag: '会话' } as const

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
