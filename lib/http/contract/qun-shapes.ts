import { z } from 'zod'
import { plainText } from '@/lib/plain-text'
import { personName, qunRequest } from '@/lib/qun/qun-fields'
import { qunStatuses } from '@/lib/qun/qun-view'

/** Spec: 请求建群. */
export const makeQunShape = z.object({
  code: qunRequest.code.meta({
    description: '群号代码，base64 编码；同一代码重复请求得到同一个群',
    examples: ['MEU3RDZEOEZCNkMzfDg4ODg='],
  }),
  owner: qunRequest.owner.meta({ description: '群主昵称', examples: ['宋公明'] }),
  assistant: qunRequest.assistant.meta({ description: '助手微信帐号', examples: ['weimi1001'] }),
})

const qunStatusWords = [
  '`pending_owner` 等群主出示群号代码',
  '`pending_room` 正在建群',
  '`open` 可以入群',
  '`full` 已满',
  '`paused` 暂停加人',
  '`closed` 已关闭',
]

export const qunStatus = z
  .enum(qunStatuses)
  .meta({ description: `状态：${qunStatusWords.join('、')}`, examples: ['open'] })

export const madeQunShape = z.object({
  qun_create_response: z.object({
    url: z.url().meta({ description: '入群链接', examples: ['https://wxbot.example/weiqun/MTAwMTExMjIyMzMzNDQ0'] }),
    owner_url: z
      .url()
      .meta({ description: '群主的链接，建群之前显示群号代码；只发给群主', examples: ['https://…?key=…'] }),
    status: qunStatus,
  }),
})

/** Spec: 请求入群. */
export const joinQunShape = z.object({
  token: plainText({ maxLength: 64, isTrimmed: true }).meta({
    description: '入群令牌',
    examples: ['NTkxNjkwNzE4RDY2'],
  }),
  member: personName.meta({
    description: '群员昵称，或助手给他的备注',
    examples: ['黑旋风'],
  }),
})

export const joinedQunShape = z.object({
  membership_join_response: z.object({
    approved: z.literal('ok').meta({ description: '已入群，或邀请已发出' }),
    invited: z.literal(true).optional().meta({ description: '微信发出的是邀请卡片，群员要在手机上接受' }),
  }),
})
