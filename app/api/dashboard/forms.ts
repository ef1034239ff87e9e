import { z } from 'zod'
import { maxOverlapSeconds } from '@/lib/application/overlap'
import { callbackEventTypes, operatorRoles, roomScopes } from '@/lib/db/types'
import { minPasswordLength } from '@/lib/operator/password-length'
import { plainText } from '@/lib/plain-text'
import { robotUsername } from '@/lib/robot/robot-username'
import { momentText } from './moment-text'

const name = plainText({ maxLength: 64, isTrimmed: true })
/** undefined = leave as it is; "" and null = none. */
const optional = <Value extends z.ZodType>(value: Value) =>
  z.union([z.literal('').transform(() => null), z.null(), value]).optional()
const httpUrl = z
  .url({ protocol: /^https?$/, error: '请填写以 http:// 或 https:// 开头的完整地址' })
  .max(2048, '地址最多 2048 个字符')

export const applicationForm = z.object({ name, callbackUrl: optional(httpUrl) })

export const applicationChange = z.object({
  name: name.optional(),
  callbackUrl: optional(httpUrl),
  roomScope: z.enum(roomScopes).optional(),
  eventTypes: z.array(z.enum(callbackEventTypes)).max(callbackEventTypes.length).optional(),
  isDisabled: z.boolean().optional(),
})

export const tokenForm = z.object({
  name,
  expiresAt: optional(momentText),
  rateLimitPerMinute: z
    .number('请填写数字')
    .int('请填写整数')
    .min(0, '限额不能小于 0')
    .max(1_000_000, '限额最多 1000000')
    .optional(),
})

export const tokenChange = tokenForm.partial()

const overlapSeconds = z.number().int().min(0).max(maxOverlapSeconds, '过渡期最长 30 天')
export const rollForm = z.object({ overlapSeconds, expiresAt: optional(momentText) })
export const overlapForm = z.object({ overlapSeconds })
export const repeatForm = z.object({ token: z.string().trim().min(1, '请填写访问令牌').max(200), overlapSeconds })

export const robotForm = z.object({ applicationId: z.string().min(1, '请选择应用'), username: robotUsername })

export const agentIdForm = z.object({
  agentId: plainText({ maxLength: 64, isTrimmed: true, mayBeEmpty: true }).transform((text) => text || null),
})

export const messageForm = z.object({
  toUser: z.string().min(1, '请选择微信群'),
  type: z.enum(['text', 'image']),
  content: plainText({ maxLength: 2000, isMultiline: true }),
})

export const bindingForm = z.object({
  roomIds: z.array(z.string().min(1).max(64)).min(1, '请选择微信群').max(500, '一次最多 500 个群'),
  /** null = as the rule says. */
  isBound: z.boolean().nullable(),
})

/** null = it is a new room. */
export const decisionForm = z.object({ knownRoomId: z.string().min(1).nullable() })

const role = z.enum(operatorRoles)
export const operatorForm = z.object({ email: z.email('请填写有效的邮箱').max(320, '邮箱最多 320 个字符'), role })
export const roleForm = z.object({ role })
export const passwordForm = z.object({
  present: z.string().min(1, '请填写现在的密码').max(1000),
  password: z.string().min(minPasswordLength, `密码至少 ${minPasswordLength} 个字符`).max(1000, '密码最多 1000 个字符'),
})

/** As it is typed: the new one twice. */
export const repeatedPasswordForm = passwordForm
  .extend({ again: z.string() })
  .refine(({ password, again }) => password === again, {
    path: ['again'],
    message: '两次输入的新密码不一样',
    params: { rule: 'different' },
  })
