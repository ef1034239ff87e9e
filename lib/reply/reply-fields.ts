import { z } from 'zod'
import { roomModes } from '@/lib/db/types'
import { findUrlProblem, urlProblems } from '@/lib/egress/find-url-problem'
import { plainText } from '@/lib/plain-text'

const whole = (min: number, max: number) => z.number().int().min(min).max(max)

const optionalUrl = z
  .string()
  .trim()
  .max(500)
  .superRefine((text, context) => {
    const rule = text === '' ? null : findUrlProblem(text)
    if (rule) context.addIssue({ code: 'custom', message: urlProblems[rule].zh, params: { rule } })
  })

/** A price of a million tokens. */
const price = z
  .number()
  .min(0)
  .max(10_000)
  .refine((amount) => Number(amount.toFixed(6)) === amount, {
    message: '最多 6 位小数',
    params: { rule: 'decimals', max: 6 },
  })

const currency = z
  .string()
  .trim()
  .toUpperCase()
  .max(3)
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), {
    message: '应为 ISO 4217 货币代码，例如 CNY',
    params: { rule: 'currency' },
  })

/** Settings of automatic replies as an operator or a client changes them; undefined: unchanged. */
export const replySettingsChange = z
  .object({
    usesRules: z.boolean().meta({ description: '规则' }),
    usesCallback: z.boolean().meta({ description: '回调响应里的回复' }),
    usesModel: z.boolean().meta({ description: '模型' }),
    usesHandover: z.boolean().meta({ description: '转人工' }),
    handoverKeywords: z.array(plainText({ maxLength: 32, isTrimmed: true })).max(20),
    handsOverUnanswered: z.boolean(),
    handoverText: plainText({ maxLength: 500, isMultiline: true, mayBeEmpty: true }),
    robotIds: z
      .array(plainText({ maxLength: 64 }))
      .max(500)
      .nullable(),
    qunIds: z
      .array(plainText({ maxLength: 64 }))
      .max(500)
      .nullable(),
    personCooldownSeconds: whole(0, 3600),
    roomRepliesPerMinute: whole(1, 60),
    modelUrl: optionalUrl,
    /** "": remove the key. */
    modelKey: z.string().trim().max(500),
    modelName: plainText({ maxLength: 100, isTrimmed: true, mayBeEmpty: true }),
    /** "": articles are found by their words only. */
    embeddingModel: plainText({ maxLength: 100, isTrimmed: true, mayBeEmpty: true }),
    modelInstructions: plainText({ maxLength: 4000, isMultiline: true, mayBeEmpty: true }),
    modelTemperature: z.number().min(0).max(2),
    modelMaxTokens: whole(16, 4000),
    modelTimeoutSeconds: whole(1, 60),
    modelMonthlyTokens: whole(0, 1_000_000_000),
    /** null: costs are not shown. */
    modelInputPrice: price.nullable(),
    /** null: costs are not shown. */
    modelOutputPrice: price.nullable(),
    modelCurrency: currency,
    modelRoomMode: z.enum(roomModes),
  })
  .partial()

export type ReplySettingsChange = z.output<typeof replySettingsChange>
