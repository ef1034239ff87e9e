import { z } from 'zod'
import { plainText } from '@/lib/plain-text'
import { defineContract, wechatErrors } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { messageShape } from '@/lib/http/contract/shapes'

const messageParameters = z.object({
  to_user: plainText({ maxLength: 256 }).meta({
    description: '微信群标识，支持原来room_id和username；也可以是 `filehelper` 或联系人的 `@…`',
    examples: ['room_9sLw4HcE0aVtYq6UoXzKd2'],
  }),
  msg_type: z.enum(['text', 'image']).meta({ description: '类型，text代表文本，image代表图片', examples: ['text'] }),
  content: plainText({ maxLength: 2000, isMultiline: true }).meta({
    description:
      '消息内容，如果msg_type是image类型，请放图片链接（10 MiB 以内；PNG、JPEG、GIF、BMP，WebP 和 AVIF 会转换为 JPEG 或 PNG，动图只发第一帧；其他格式返回 -1002）',
    examples: ['大家好，我是微米助手'],
  }),
})

/** Spec: 发送消息, A11 (send); `message_id` is an extension. */
export const sendMessage = defineContract({
  name: 'sendMessage',
  dialect: 'robots',
  tag: '消息',
  method: 'POST',
  path: '/robots/{robot_id}/message',
  summary: '发送消息',
  description:
    '微信接受或拒绝后返回，最多等待 30 秒。`retCode` 为 0 表示微信已接受；为 1 表示结果未知，系统不会重发，可用消息标识查询。' +
    '带上 `Idempotency-Key` 重复请求不会重复发送。',
  parameters: messageParameters,
  takesIdempotencyKey: true,
  data: z.object({ message_id: messageShape.shape.id }),
  errors: [
    'ROBOT_NOT_FOUND',
    ...wechatErrors,
    'ILLEGAL_ACTION',
    'TARGET_NOT_FOUND',
    'IMAGE_UNUSABLE',
    'WECHAT_REFUSED',
    'OUTCOME_UNKNOWN',
  ],
})

/** Extension: a send that responds before it is done. Spec: A11 (send). */
export const sendMessageLater = defineContract({
  name: 'sendMessageLater',
  dialect: 'v1',
  tag: '消息',
  method: 'POST',
  path: '/v1/robots/{robot_id}/messages',
  summary: '异步发送消息',
  description: '接受后立即返回 202 和消息标识，结果用“查询消息”得到。每个机器人最多 1000 条等待发送。',
  parameters: messageParameters.extend({
    deadline_seconds: z
      .number()
      .int()
      .min(1)
      .max(86_400)
      .default(600)
      .meta({ description: '最多等待的秒数，到时仍未开始发送则取消', examples: [600] }),
  }),
  takesIdempotencyKey: true,
  status: 202,
  data: z.object({ message: messageShape }),
  errors: ['ROBOT_NOT_FOUND', 'SESSION_GONE', 'TARGET_NOT_FOUND', 'WECHAT_TOO_OFTEN'],
})

/** Extension: state of a message. Spec: A11 (send). */
export const showMessage = defineContract({
  name: 'getMessage',
  dialect: 'v1',
  tag: '消息',
  method: 'GET',
  path: '/v1/robots/{robot_id}/messages/{message_id}',
  summary: '查询消息',
  description: '返回一条消息及其状态。',
  parameters: noParameters,
  data: z.object({ message: messageShape }),
  errors: ['ROBOT_NOT_FOUND', 'NOT_FOUND'],
})
