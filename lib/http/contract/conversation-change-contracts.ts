import { z } from 'zod'
import { defineContract } from '@/lib/http/contract/contract'
import { conversationNoteShape, conversationShape } from '@/lib/http/contract/conversation-shape'
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
  description:
    '把会话分配给一名操作员，之后不再自动回复。`operator` 为 null 时，已分配的会话放回等待人工；自动回复中或已解决的会话返回 -1006，请求人工用 `handover`。',
  parameters: z.object({
    operator: plainText({ maxLength: 254 })
      .nullable()
      .meta({ description: '操作员的邮箱，或 null', examples: [null] }),
  }),
  data: z.object({ conversation: conversationShape }),
  errors: ['NOT_FOUND', 'ILLEGAL_ACTION'],
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

export const requestConversationHandover = defineContract({
  ...common,
  name: 'requestHandover',
  method: 'POST',
  path: '/v1/conversations/{conversation_id}/handover',
  summary: '请求人工',
  description: '会话变为等待人工，不再自动回复，并通知操作员。已在等待或已分配的会话不变。',
  parameters: z.object({
    reason: plainText({ maxLength: 200, mayBeEmpty: true })
      .default('')
      .meta({ description: '给操作员看的原因', examples: ['要求退款'] }),
  }),
  data: z.object({ conversation: conversationShape }),
  errors: ['NOT_FOUND'],
})

export const reopenConversation = defineContract({
  ...common,
  name: 'reopenConversation',
  method: 'POST',
  path: '/v1/conversations/{conversation_id}/reopen',
  summary: '重新打开会话',
  description: '已解决的会话变为等待人工。其他状态的会话不变。',
  parameters: noParameters,
  data: z.object({ conversation: conversationShape }),
  errors: ['NOT_FOUND'],
})

export const markConversationRead = defineContract({
  ...common,
  name: 'markConversationRead',
  method: 'POST',
  path: '/v1/conversations/{conversation_id}/read',
  summary: '标为已读',
  description: '会话的未读数清零，对所有操作员。',
  parameters: noParameters,
  data: z.object({ conversation: conversationShape }),
  errors: ['NOT_FOUND'],
})

export const listConversationNotes = defineContract({
  ...common,
  name: 'listConversationNotes',
  method: 'GET',
  path: '/v1/conversations/{conversation_id}/notes',
  summary: '列出备注',
  description: '返回同事之间的备注，从旧到新，最多最近的 500 条。对方看不到。',
  parameters: noParameters,
  data: z.object({ notes: z.array(conversationNoteShape) }),
  errors: ['NOT_FOUND'],
})

export const addConversationNote = defineContract({
  ...common,
  name: 'addConversationNote',
  method: 'POST',
  path: '/v1/conversations/{conversation_id}/notes',
  summary: '写备注',
  description: '写一条只有操作员看得到的备注，不会发送。',
  parameters: z.object({
    text: plainText({ maxLength: 2000, isMultiline: true }).meta({ description: '备注', examples: ['老客户，已退款'] }),
  }),
  data: z.object({ note: conversationNoteShape }),
  errors: ['NOT_FOUND'],
})
