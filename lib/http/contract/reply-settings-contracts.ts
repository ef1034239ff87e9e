import { z } from 'zod'
import { roomModes } from '@/lib/db/types'
import { defineContract } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'
import { replySettingsChange } from '@/lib/reply/reply-fields'

const fields = replySettingsChange.shape
const words = {
  uses_rules: { description: '按规则回复', examples: [true] },
  uses_callback: { description: '按回调响应里的 `data.reply` 或 `data.handover` 回复', examples: [false] },
  uses_model: { description: '由模型回复', examples: [false] },
  uses_handover: { description: '转人工', examples: [true] },
  handover_keywords: { description: '私聊消息等于其中之一时转人工', examples: [['人工']] },
  hands_over_unanswered: { description: '没有任何回复的私聊消息也转人工', examples: [true] },
  handover_text: { description: '转人工时发送的文字，可以为空', examples: ['请稍候，马上有人来。'] },
  robot_ids: { description: '只有这些机器人自动回复；null：应用的所有机器人', examples: [null] },
  qun_ids: { description: '在群里，只有这些微群自动回复，私聊不受影响；null：所有群', examples: [null] },
  person_cooldown_seconds: { description: '同一个人两次自动回复的间隔（秒），0 为不限', examples: [5] },
  room_replies_per_minute: { description: '每个群每分钟最多自动回复多少次', examples: [10] },
  model_url: {
    description: '兼容 OpenAI 的接口地址，不含 `/chat/completions`',
    examples: ['https://api.openai.com/v1'],
  },
  model_name: { description: '模型', examples: ['gpt-5-mini'] },
  embedding_model: {
    description: '同一服务的向量模型，按意思查找文章；空：只按文字查找。文章在后台生成向量，计入每月 token',
    examples: ['text-embedding-3-small'],
  },
  model_instructions: { description: '说明，例如语气和身份', examples: ['语气亲切，简短。'] },
  model_temperature: { description: '温度，0 到 2', examples: [0.3] },
  model_max_tokens: { description: '每次回答最多多少 token', examples: [800] },
  model_timeout_seconds: { description: '超时（秒）', examples: [20] },
  model_monthly_tokens: { description: '每月最多多少 token，0 为不限', examples: [1_000_000] },
  model_input_price: {
    description: '每百万输入 token 的单价，包括提问和向量，最多 6 位小数；null：不显示费用',
    examples: [2],
  },
  model_output_price: {
    description: '每百万输出 token 的单价，最多 6 位小数；null：不显示费用',
    examples: [8],
  },
  model_currency: { description: '单价的货币，ISO 4217 代码', examples: ['CNY'] },
  model_room_mode: {
    description: '在群里：`never` 不回答，`mentioned` 被 @ 时回答，`always` 回答每条消息',
    examples: ['mentioned'],
  },
} as const

const parameters = z.object({
  uses_rules: fields.usesRules.meta({ ...words.uses_rules }),
  uses_callback: fields.usesCallback.meta({ ...words.uses_callback }),
  uses_model: fields.usesModel.meta({ ...words.uses_model }),
  uses_handover: fields.usesHandover.meta({ ...words.uses_handover }),
  handover_keywords: fields.handoverKeywords.meta({ ...words.handover_keywords, examples: [['人工']] }),
  hands_over_unanswered: fields.handsOverUnanswered.meta({ ...words.hands_over_unanswered }),
  handover_text: fields.handoverText.meta({ ...words.handover_text }),
  robot_ids: fields.robotIds.meta({ ...words.robot_ids }),
  qun_ids: fields.qunIds.meta({ ...words.qun_ids }),
  person_cooldown_seconds: fields.personCooldownSeconds.meta({ ...words.person_cooldown_seconds }),
  room_replies_per_minute: fields.roomRepliesPerMinute.meta({ ...words.room_replies_per_minute }),
  model_url: fields.modelUrl.meta({ ...words.model_url }),
  model_key: fields.modelKey.meta({ description: '密钥，加密保存，不会返回；空字符串：删除', examples: [''] }),
  model_name: fields.modelName.meta({ ...words.model_name }),
  embedding_model: fields.embeddingModel.meta({ ...words.embedding_model }),
  model_instructions: fields.modelInstructions.meta({ ...words.model_instructions }),
  model_temperature: fields.modelTemperature.meta({ ...words.model_temperature }),
  model_max_tokens: fields.modelMaxTokens.meta({ ...words.model_max_tokens }),
  model_timeout_seconds: fields.modelTimeoutSeconds.meta({ ...words.model_timeout_seconds }),
  model_monthly_tokens: fields.modelMonthlyTokens.meta({ ...words.model_monthly_tokens }),
  model_input_price: fields.modelInputPrice.meta({ ...words.model_input_price }),
  model_output_price: fields.modelOutputPrice.meta({ ...words.model_output_price }),
  model_currency: fields.modelCurrency.meta({ ...words.model_currency }),
  model_room_mode: fields.modelRoomMode.meta({ ...words.model_room_mode }),
})

export type ReplySettingsParameters = z.output<typeof parameters>

const whole = z.number().int()

const replySettingsShape = z
  .object({
    uses_rules: z.boolean().meta({ ...words.uses_rules }),
    uses_callback: z.boolean().meta({ ...words.uses_callback }),
    uses_model: z.boolean().meta({ ...words.uses_model }),
    uses_handover: z.boolean().meta({ ...words.uses_handover }),
    handover_keywords: z.array(z.string()).meta({ ...words.handover_keywords, examples: [['人工']] }),
    hands_over_unanswered: z.boolean().meta({ ...words.hands_over_unanswered }),
    handover_text: z.string().meta({ ...words.handover_text }),
    robot_ids: z
      .array(z.string())
      .nullable()
      .meta({ ...words.robot_ids }),
    qun_ids: z
      .array(z.string())
      .nullable()
      .meta({ ...words.qun_ids }),
    person_cooldown_seconds: whole.meta({ ...words.person_cooldown_seconds }),
    room_replies_per_minute: whole.meta({ ...words.room_replies_per_minute }),
    model_url: z.string().meta({ ...words.model_url }),
    has_model_key: z.boolean().meta({ description: '是否保存了密钥', examples: [true] }),
    model_name: z.string().meta({ ...words.model_name }),
    embedding_model: z.string().meta({ ...words.embedding_model }),
    model_instructions: z.string().meta({ ...words.model_instructions }),
    model_temperature: z.number().meta({ ...words.model_temperature }),
    model_max_tokens: whole.meta({ ...words.model_max_tokens }),
    model_timeout_seconds: whole.meta({ ...words.model_timeout_seconds }),
    model_monthly_tokens: whole.meta({ ...words.model_monthly_tokens }),
    model_input_price: z
      .number()
      .nullable()
      .meta({ ...words.model_input_price }),
    model_output_price: z
      .number()
      .nullable()
      .meta({ ...words.model_output_price }),
    model_currency: z.string().meta({ ...words.model_currency }),
    model_room_mode: z.enum(roomModes).meta({ ...words.model_room_mode }),
  })
  .meta({ id: 'ReplySettings', title: '自动回复的设置' })

const usageShape = z
  .object({
    request_count: whole.meta({ description: '请求次数', examples: [120] }),
    token_count: whole.meta({ description: '用了多少 token', examples: [48_000] }),
    cost: z
      .number()
      .nullable()
      .meta({ description: '按现在的单价计算的费用，最多 6 位小数；没有设置两个单价时为 null', examples: [0.144] }),
    budget_cost: z
      .number()
      .nullable()
      .meta({ description: '每月的 token 上限最多相当于多少费用；没有设置两个单价或没有上限时为 null', examples: [8] }),
    currency: z.string().meta({ description: '费用的货币，ISO 4217 代码', examples: ['CNY'] }),
  })
  .meta({ id: 'ModelUsage', title: '本月（UTC）模型的用量' })

export type ReplySettingsResponse = z.output<typeof replySettingsShape>

const common = { dialect: 'v1', tag: '自动回复', path: '/v1/reply-settings' } as const

/** Spec: F5 (API and command line). */
export const showReplySettings = defineContract({
  ...common,
  name: 'getReplySettings',
  method: 'GET',
  summary: '查询自动回复的设置',
  description: '本应用由谁自动回复、模型和转人工的设置，以及本月模型的用量。没有设置过时返回默认值，全部关闭。',
  parameters: noParameters,
  data: z.object({ settings: replySettingsShape, usage: usageShape }),
  errors: [],
})

export const updateReplySettings = defineContract({
  ...common,
  name: 'updateReplySettings',
  method: 'POST',
  summary: '修改自动回复的设置',
  description: '只修改给出的字段，返回全部设置。',
  parameters,
  data: z.object({ settings: replySettingsShape }),
  errors: ['ROBOT_NOT_FOUND', 'NOT_FOUND'],
})
