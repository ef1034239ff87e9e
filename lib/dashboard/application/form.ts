import { z } from 'zod'
import { maxOverlapSeconds } from '@/lib/application/overlap'
import { callbackEventTypes, robotConnections, roomScopes } from '@/lib/db/types'
import { findUrlProblem, urlProblems } from '@/lib/egress/find-url-problem'
import { plainText } from '@/lib/plain-text'
import { timestampSchema } from '@/lib/dashboard/timestamp'

const name = plainText({ maxLength: 64, isTrimmed: true })

/** undefined: unchanged; "" and null: none. */
const optional = <Value extends z.ZodType>(value: Value) =>
  z.union([z.literal('').transform(() => null), z.null(), value]).optional()

const httpUrl = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const rule = findUrlProblem(text)
    if (rule) context.addIssue({ code: 'custom', message: urlProblems[rule].zh, params: { rule } })
  })

export const applicationForm = z.object({ name, callbackUrl: optional(httpUrl) })

export const applicationChange = z.object({
  name: name.optional(),
  callbackUrl: optional(httpUrl),
  roomScope: z.enum(roomScopes).optional(),
  eventTypes: z.array(z.enum(callbackEventTypes)).max(callbackEventTypes.length).optional(),
  isDisabled: z.boolean().optional(),
  defaultConnection: optional(z.enum(robotConnections)),
  defaultConnectorId: optional(z.string().max(64)),
})

export const tokenForm = z.object({
  name,
  expiresAt: optional(timestampSchema),
  rateLimitPerMinute: z
    .number('请填写数字')
    .int('请填写整数')
    .min(0, '限额不能小于 0')
    .max(1_000_000, '限额最多 1000000')
    .optional(),
})

export const tokenChange = tokenForm.partial()

const overlapSeconds = z.number().int().min(0).max(maxOverlapSeconds, '过渡期最长 30 天')

export const rotateForm = z.object({ overlapSeconds, expiresAt: optional(timestampSchema) })

export const overlapForm = z.object({ overlapSeconds })

export const repeatForm = z.object({ token: z.string().trim().min(1, '请填写访问令牌').max(200), overlapSeconds })
