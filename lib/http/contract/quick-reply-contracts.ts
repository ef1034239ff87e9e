import { z } from 'zod'
import { defineContract } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { maxQuickReplies, quickReplyFields } from '@/lib/quick-reply/quick-reply-fields'

const quickReplyShape = z
  .object({
    id: z.string().meta({ description: '快捷回复唯一标识', examples: ['qrp_6fTq2LmVx8RcYp0WbKzD3E'] }),
    shortcut: z.string().meta({ description: '快捷词', examples: ['退货'] }),
    text: z.string().meta({ description: '文字，变量未替换', examples: ['{name}，您好，七天内可以退货。'] }),
    changed_at: z.iso.datetime().meta({ description: '修改时间', examples: ['2026-11-21T08:00:00.000Z'] }),
  })
  .meta({ id: 'QuickReply', title: '快捷回复' })

const common = { dialect: 'v1', tag: '会话' } as const

/** Spec: F5 (API and command line). */
export const listQuickReplies = defineContract({
  ...common,
  name: 'listQuickReplies',
  method: 'GET',
  path: '/v1/quick-replies',
  summary: '列出快捷回复',
  description: '本应用的快捷回复，按快捷词排序。操作员在会话里输入 `/` 插入，变量在插入时替换。',
  parameters: noParameters,
  data: z.object({ quick_replies: z.array(quickReplyShape) }),
  errors: [],
})

export const createQuickReply = defineContract({
  ...common,
  name: 'createQuickReply',
  method: 'POST',
  path: '/v1/quick-replies',
  summary: '新建快捷回复',
  description: `每个应用最多 ${maxQuickReplies} 条。变量也可以写成两层花括号，例如 \`{{name}}\`。`,
  parameters: quickReplyFields,
  data: z.object({ quick_reply: quickReplyShape }),
  errors: ['ILLEGAL_ACTION'],
})

export const updateQuickReply = defineContract({
  ...common,
  name: 'updateQuickReply',
  method: 'POST',
  path: '/v1/quick-replies/{quick_reply_id}',
  summary: '修改快捷回复',
  description: '替换快捷词和文字。',
  parameters: quickReplyFields,
  data: z.object({ quick_reply: quickReplyShape }),
  errors: ['NOT_FOUND', 'ILLEGAL_ACTION'],
})

export const removeQuickReply = defineContract({
  ...common,
  name: 'deleteQuickReply',
  method: 'DELETE',
  path: '/v1/quick-replies/{quick_reply_id}',
  summary: '删除快捷回复',
  description: '返回删除的快捷回复。',
  parameters: noParameters,
  data: z.object({ quick_reply: quickReplyShape }),
  errors: ['NOT_FOUND'],
})
