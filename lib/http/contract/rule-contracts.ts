import { z } from 'zod'
import { plainText } from '@/lib/plain-text'
import { openingHoursSchema, ruleFields } from '@/lib/rule/rule-fields'
import { ruleAnswers } from '@/lib/db/types'
import { defineContract } from '@/lib/http/contract/contract'
import { noParameters } from '@/lib/http/contract/robot-contracts'

const { name, trigger, patterns, answer, content } = ruleFields.shape
const robotId = ruleFields.shape.robotId.meta({
  description: '只用于这个机器人；null：应用的所有机器人',
  examples: [null],
})
const qunId = ruleFields.shape.qunId.meta({ description: '只用于这个微群；null：不限', examples: [null] })

const hours = z
  .object({
    time_zone: openingHoursSchema.shape.timeZone,
    days: openingHoursSchema.shape.days,
    from: openingHoursSchema.shape.from,
    to: openingHoursSchema.shape.to,
    is_outside: openingHoursSchema.shape.isOutside,
  })
  .nullable()

const ruleParameters = z.object({
  name,
  trigger,
  patterns,
  answer,
  content,
  robot_id: robotId,
  qun_id: qunId,
  enabled: ruleFields.shape.isEnabled,
  opening_hours: hours.default(null).meta({ description: '时段；null：不限', examples: [null] }),
  image_base64: z
    .base64()
    .default('')
    .meta({
      description: '上传的图片，base64，2 MiB 以内；此时 content 为空。修改时两者都为空：保留已上传的图片',
      examples: [''],
    }),
  cooldown_seconds: ruleFields.shape.cooldownSeconds,
})

export type RuleParameters = z.output<typeof ruleParameters>

/** Spec: F5 (API and command line). */
const ruleShape = z
  .object({
    id: z.string().meta({ description: '规则唯一标识', examples: ['rul_8dKq2LmVx8RcYp0WbKzD3E'] }),
    name: z.string().meta({ description: '名称', examples: ['运费'] }),
    trigger: z.string().meta({ description: '触发条件', examples: ['contains'] }),
    patterns: z.array(z.string()).meta({ description: '文字或表达式', examples: [['运费']] }),
    answer: z.string().meta({ description: '做什么', examples: ['text'] }),
    content: z.string().meta({ description: '内容', examples: ['满 99 元包邮。'] }),
    has_image: z.boolean().meta({ description: '是否发送上传的图片', examples: [false] }),
    robot_id: z
      .string()
      .nullable()
      .meta({ description: '只用于这个机器人；null：不限', examples: [null] }),
    qun_id: z
      .string()
      .nullable()
      .meta({ description: '只用于这个微群；null：不限', examples: [null] }),
    enabled: z.boolean().meta({ description: '是否启用', examples: [true] }),
    opening_hours: hours.meta({ description: '时段；null：不限', examples: [null] }),
    cooldown_seconds: z
      .number()
      .int()
      .meta({ description: '冷却时间（秒）', examples: [0] }),
    fired_count: z
      .number()
      .int()
      .meta({ description: '触发过的次数', examples: [12] }),
  })
  .meta({ id: 'Rule', title: '自动回复规则' })

/** Spec: F5 (API and command line). */
export const listRules = defineContract({
  name: 'listRules',
  dialect: 'v1',
  tag: '自动回复',
  method: 'GET',
  path: '/v1/rules',
  summary: '列出规则',
  description: '本应用的自动回复规则，按先后顺序：第一条符合的生效。规则只在管理后台打开“规则”后才回复。',
  parameters: noParameters,
  data: z.object({ rules: z.array(ruleShape) }),
  errors: [],
})

export const showRule = defineContract({
  name: 'getRule',
  dialect: 'v1',
  tag: '自动回复',
  method: 'GET',
  path: '/v1/rules/{rule_id}',
  summary: '查询规则',
  description: '返回一条规则。',
  parameters: noParameters,
  data: z.object({ rule: ruleShape }),
  errors: ['NOT_FOUND'],
})

export const placeRule = defineContract({
  name: 'placeRule',
  dialect: 'v1',
  tag: '自动回复',
  method: 'POST',
  path: '/v1/rules/{rule_id}/place',
  summary: '移动规则',
  description: '把规则放到第几位，返回按新顺序排列的全部规则。大于规则数时放到最后。',
  parameters: z.object({
    place: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .meta({ description: '第几位，从 1 起', examples: [1] }),
  }),
  data: z.object({ rules: z.array(ruleShape) }),
  errors: ['NOT_FOUND'],
})

export const createRule = defineContract({
  name: 'createRule',
  dialect: 'v1',
  tag: '自动回复',
  method: 'POST',
  path: '/v1/rules',
  summary: '新建规则',
  description: '新规则排在最后。每个应用最多 200 条。图片可以直接上传，正文最大 14 MiB。',
  parameters: ruleParameters,
  takesUpload: true,
  data: z.object({ rule: ruleShape }),
  errors: ['ROBOT_NOT_FOUND', 'NOT_FOUND', 'ILLEGAL_ACTION', 'IMAGE_UNUSABLE'],
})

export const updateRule = defineContract({
  name: 'updateRule',
  dialect: 'v1',
  tag: '自动回复',
  method: 'POST',
  path: '/v1/rules/{rule_id}',
  summary: '修改规则',
  description: '替换规则的全部字段，位置不变；没有给出的字段用默认值。',
  parameters: ruleParameters,
  takesUpload: true,
  data: z.object({ rule: ruleShape }),
  errors: ['ROBOT_NOT_FOUND', 'NOT_FOUND', 'IMAGE_UNUSABLE'],
})

export const removeRule = defineContract({
  name: 'deleteRule',
  dialect: 'v1',
  tag: '自动回复',
  method: 'DELETE',
  path: '/v1/rules/{rule_id}',
  summary: '删除规则',
  description: '返回删除的规则。',
  parameters: noParameters,
  data: z.object({ rule: ruleShape }),
  errors: ['NOT_FOUND'],
})

export const dryRunRules = defineContract({
  name: 'dryRunRules',
  dialect: 'v1',
  tag: '自动回复',
  method: 'POST',
  scope: 'read',
  path: '/v1/rules/dry-run',
  summary: '试运行规则',
  description: '返回规则对一条消息会怎么回复，不发送，也不计冷却时间。',
  parameters: z.object({
    text: plainText({ maxLength: 16_384, isMultiline: true, mayBeEmpty: true })
      .default('')
      .meta({ description: '消息', examples: ['运费多少'] }),
    event: z
      .enum(['message', 'first_message', 'joined'])
      .default('message')
      .meta({ description: '`message` 消息，`first_message` 首次私聊，`joined` 有人入群', examples: ['message'] }),
    robot_id: robotId,
    qun_id: qunId,
  }),
  data: z.object({
    reply: z
      .object({
        rule_id: z.string().meta({ description: '符合的规则', examples: ['rul_8dKq2LmVx8RcYp0WbKzD3E'] }),
        answer: z.enum(ruleAnswers).meta({ description: '做什么', examples: ['text'] }),
        content: z.string().meta({ description: '内容', examples: ['满 99 元包邮。'] }),
      })
      .nullable()
      .meta({ description: '会怎么回复；null：没有规则符合' }),
  }),
  errors: ['ROBOT_NOT_FOUND'],
})
