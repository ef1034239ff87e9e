import { z } from 'zod'
import { plainText } from '@/lib/plain-text'
import { defineContract, wechatErrors } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { listedMessageShape, messageShape, nextCursor, pageSize, sequenceCursor } from '@/lib/http/contract/shapes'

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

const { msg_type: _linkTypes, content: _required, ...target } = messageParameters.shape

/** Parameters of a message that may also be uploaded. */
export const uploadParameters = z.object({
  ...target,
  msg_type: z
    .enum(['text', 'image', 'file'])
    .meta({ description: '类型：`text` 文本，`image` 图片，`file` 文件', examples: ['text'] }),
  content: plainText({ maxLength: 2000, isMultiline: true, mayBeEmpty: true })
    .default('')
    .meta({
      description: '文本，或图片链接（要求与“发送消息”相同）；上传图片或文件时为空',
      examples: ['大家好，我是微米助手'],
    }),
  data_base64: z
    .base64()
    .default('')
    .meta({ description: '上传的图片或文件，base64，10 MiB 以内，不需要公开的链接', examples: [''] }),
  file_name: z
    .string()
    .max(500)
    .default('')
    .meta({ description: '上传的文件的名称，例如 `报价单.xlsx`', examples: [''] }),
})

export type UploadParameters = z.output<typeof uploadParameters>

/** Spec: 发送消息, A11 (send); `message_id` is an extension. */
export const sendMessage = defineContract({
  name: 'sendMessage',
  dialect: 'robots',
  tag: '消息',
  method: 'POST',
  scope: 'send',
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
  scope: 'send',
  path: '/v1/robots/{robot_id}/messages',
  summary: '异步发送消息',
  description:
    '接受后立即返回 202 和消息标识，结果用“查询消息”得到。每个机器人最多 1000 条等待发送。' +
    '图片和文件可以直接上传，正文最大 14 MiB。',
  parameters: uploadParameters.extend({
    deadline_seconds: z
      .number()
      .int()
      .min(1)
      .max(86_400)
      .default(600)
      .meta({ description: '最多等待的秒数，到时仍未开始发送则取消', examples: [600] }),
  }),
  takesIdempotencyKey: true,
  takesUpload: true,
  status: 202,
  data: z.object({ message: messageShape }),
  errors: [
    'ROBOT_NOT_FOUND',
    'SESSION_GONE',
    'TARGET_NOT_FOUND',
    'WECHAT_TOO_OFTEN',
    'ILLEGAL_ACTION',
    'IMAGE_UNUSABLE',
  ],
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

/** Extension: the messages of a robot, of one of its rooms, or of a person. Spec: A11 (send). */
export const listRobotMessages = defineContract({
  name: 'listMessages',
  dialect: 'v1',
  tag: '消息',
  method: 'GET',
  path: '/v1/robots/{robot_id}/messages',
  summary: '获取消息列表',
  description: '返回双方的消息，从新到旧；等待发送的也在内。翻页时其他参数不变，带上 `cursor`。保留多久由平台设定。',
  parameters: z.object({
    to_user: plainText({ maxLength: 256 })
      .optional()
      .meta({ description: '只列出这个微信群（现在或以前的标识都可以）或这个联系人的消息；默认全部' }),
    cursor: sequenceCursor,
    limit: pageSize,
  }),
  data: z.object({ messages: z.array(listedMessageShape), next_cursor: nextCursor }),
  errors: ['ROBOT_NOT_FOUND', 'TARGET_NOT_FOUND'],
})
