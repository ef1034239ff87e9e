import { z } from 'zod'
import { alertChannelTypes, alertKinds, alertLanguages } from '@/lib/db/types'
import { defineContract } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { plainText, visibleName } from '@/lib/plain-text'

const name = visibleName(64).meta({ description: '名称', examples: ['值班群'] })
const kinds = z
  .array(z.enum(alertKinds))
  .min(1)
  .max(alertKinds.length)
  .meta({
    description:
      '收到哪些告警：`robot_offline` 机器人掉线、`endpoint_failing` 回调连续失败、`endpoint_paused` 回调被暂停、`conversation_waiting` 会话等待人工。`worker_silent`、`disk_full`、`database_full` 只发给整个系统的渠道',
    examples: [['robot_offline', 'endpoint_paused', 'conversation_waiting']],
  })
const language = z.enum(alertLanguages).meta({ description: '消息的语言', examples: ['zh-CN'] })
const enabled = z.boolean().meta({ description: '是否启用', examples: [true] })
const url = z
  .string()
  .max(2048)
  .meta({ description: 'Webhook 地址；邮件和 `robot_owner` 不需要', examples: ['https://example.com/alerts'] })
const secret = z
  .string()
  .max(1024)
  .meta({
    description: '飞书、钉钉：签名密钥，没有开启就留空。`webhook`：`whsec_` 开头的密钥，留空则生成。邮件：密码',
    examples: [''],
  })
const mail = z
  .object({
    host: z.string().max(253),
    port: z.number().int().min(1).max(65_535).default(465),
    security: z.enum(['tls', 'starttls', 'none']).default('tls'),
    from: z.string().max(254),
    to: z.array(z.string().max(254)).min(1).max(20),
    user: z.string().max(256).default(''),
  })
  .nullable()
  .meta({ description: '邮件服务器、发件人、收件人和用户名；null：不是邮件', examples: [null] })
const robotId = plainText({ maxLength: 64, mayBeEmpty: true }).meta({
  description: '`robot_owner`：由哪个 iLink 机器人发给绑定它的人；其他类型为空',
  examples: [''],
})

const createParameters = z.object({
  type: z.enum(alertChannelTypes).meta({
    description: '`feishu` 飞书、`dingtalk` 钉钉、`wecom_group` 企业微信、`email` 邮件、`webhook`、`robot_owner`',
    examples: ['webhook'],
  }),
  name,
  kinds,
  language: language.default('zh-CN'),
  enabled: enabled.default(true),
  url: url.default(''),
  secret: secret.default(''),
  mail: mail.default(null),
  robot_id: robotId.default(''),
})
const updateParameters = z.object({
  name: name.optional(),
  kinds: kinds.optional(),
  language: language.optional(),
  enabled: enabled.optional(),
  url: url.optional(),
  secret: secret.optional(),
  mail: mail.optional(),
})
export type CreateChannelParameters = z.output<typeof createParameters>
export type UpdateChannelParameters = z.output<typeof updateParameters>

const timestamp = (description: string) =>
  z
    .string()
    .nullable()
    .meta({ description, examples: ['2026-07-01T08:00:00.000Z'] })

/** Spec: D5 (alerts). */
const channelShape = z
  .object({
    id: z.string().meta({ description: '渠道唯一标识', examples: ['alc_8dKq2LmVx8RcYp0WbKzD3E'] }),
    type: z.string().meta({ description: '类型', examples: ['webhook'] }),
    name: z.string().meta({ description: '名称', examples: ['值班群'] }),
    kinds: z.array(z.string()).meta({ description: '收到哪些告警', examples: [['robot_offline']] }),
    language: z.string().meta({ description: '消息的语言', examples: ['zh-CN'] }),
    enabled,
    robot_id: z
      .string()
      .nullable()
      .meta({ description: '由哪个机器人发；null：不是 `robot_owner`', examples: [null] }),
    last_sent_at: timestamp('最近一次发出的时间；null：没有'),
    last_failed_at: timestamp('最近一次失败的时间；null：没有'),
    problem: z.string().meta({ description: '最近一条消息失败的原因；空：没有失败', examples: [''] }),
  })
  .meta({ id: 'AlertChannel', title: '告警渠道' })

const alertShape = z
  .object({
    id: z.string().meta({ description: '告警唯一标识', examples: ['alr_8dKq2LmVx8RcYp0WbKzD3E'] }),
    kind: z.string().meta({ description: '种类', examples: ['robot_offline'] }),
    target_id: z.string().meta({ description: '机器人、应用或会话的标识', examples: ['rbt_3vJ8kQ2mXb7RwT5yZc1NpA'] }),
    opened_at: z.string().meta({ description: '开始的时间', examples: ['2026-07-01T08:00:00.000Z'] }),
    closed_at: timestamp('结束的时间；null：仍在进行'),
  })
  .meta({ id: 'Alert', title: '告警' })

const shared = { dialect: 'v1', tag: '告警' } as const

export const listAlertChannels = defineContract({
  ...shared,
  name: 'listAlertChannels',
  method: 'GET',
  path: '/v1/alert-channels',
  summary: '列出告警渠道',
  description: '本应用的告警渠道，不含地址和密钥。',
  parameters: noParameters,
  data: z.object({ channels: z.array(channelShape) }),
  errors: [],
})

export const createAlertChannel = defineContract({
  ...shared,
  name: 'createAlertChannel',
  method: 'POST',
  path: '/v1/alert-channels',
  summary: '新建告警渠道',
  description:
    '告警由 worker 发出：每个原因只通知一次，直到恢复；恢复后再通知一次。地址和密钥加密保存，不再返回。每个应用最多 20 个渠道。',
  parameters: createParameters,
  data: z.object({
    channel: channelShape,
    signing_secret: z
      .string()
      .meta({ description: '`webhook` 的签名密钥，只返回这一次；其他类型为空', examples: [''] }),
  }),
  errors: ['ROBOT_NOT_FOUND', 'ILLEGAL_ACTION'],
})

export const updateAlertChannel = defineContract({
  ...shared,
  name: 'updateAlertChannel',
  method: 'POST',
  path: '/v1/alert-channels/{channel_id}',
  summary: '修改告警渠道',
  description: '没有给出的字段不变；类型和机器人不能改。',
  parameters: updateParameters,
  data: z.object({ channel: channelShape }),
  errors: ['NOT_FOUND'],
})

export const removeAlertChannel = defineContract({
  ...shared,
  name: 'deleteAlertChannel',
  method: 'DELETE',
  path: '/v1/alert-channels/{channel_id}',
  summary: '删除告警渠道',
  description: '返回删除的渠道。',
  parameters: noParameters,
  data: z.object({ channel: channelShape }),
  errors: ['NOT_FOUND'],
})

export const testAlertChannel = defineContract({
  ...shared,
  name: 'testAlertChannel',
  method: 'POST',
  path: '/v1/alert-channels/{channel_id}/test',
  summary: '测试告警渠道',
  description: '由 worker 发送一条测试消息，立即返回。几秒后，渠道的 `last_sent_at` 或 `problem` 是结果。',
  parameters: noParameters,
  data: z.object({ channel: channelShape }),
  errors: ['NOT_FOUND'],
})

export const listAlerts = defineContract({
  ...shared,
  name: 'listAlerts',
  method: 'GET',
  path: '/v1/alerts',
  summary: '列出告警',
  description: '本应用最近 100 条告警，新的在前。结束的告警保留 90 天。',
  parameters: noParameters,
  data: z.object({ alerts: z.array(alertShape) }),
  errors: [],
})
