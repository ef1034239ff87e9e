import { z } from 'zod'
import { alertKinds, alertLanguages, type AlertChannelType, mailSecurities } from '@/lib/db/types'
import { findUrlProblem, urlProblems } from '@/lib/egress/find-url-problem'
import { plainText, visibleName } from '@/lib/plain-text'

const url = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const problem = findUrlProblem(text)
    if (problem) context.addIssue({ code: 'custom', message: urlProblems[problem].zh, params: { rule: problem } })
  })

/** "": the robot of the group has no signature setting. */
const robotSecret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7E]{0,256}$/)
  .default('')

const mailAddress = z.email().max(254)

const common = {
  name: visibleName(64),
  language: z.enum(alertLanguages).default('zh-CN'),
  kinds: z.array(z.enum(alertKinds)).min(1).max(alertKinds.length),
  isEnabled: z.boolean().default(true),
}

const mailSettings = z.object({
  host: z
    .string()
    .trim()
    .regex(/^[\w.:-]{1,253}$/),
  port: z.number().int().min(1).max(65_535).default(465),
  security: z.enum(mailSecurities).default('tls'),
  from: mailAddress,
  to: z.array(mailAddress).min(1).max(20),
})

const mailSecrets = z.object({
  /** "": the server accepts mail without a sign-in. */
  user: z
    .string()
    .trim()
    .max(256)
    .regex(/^[^\p{Cc}]*$/u)
    .default(''),
  password: z
    .string()
    .max(1024)
    .regex(/^[^\p{Cc}]*$/u)
    .default(''),
})

const noSettings = z.object({}).default({})

/** Settings of each type that may be shown. */
export const channelSettings = {
  feishu: noSettings,
  dingtalk: noSettings,
  wecom_group: noSettings,
  webhook: noSettings,
  email: mailSettings,
  robot_owner: noSettings,
} satisfies Record<AlertChannelType, z.ZodType>

/** Secrets of each type, which are sealed and never shown. The URL of a group robot contains its key. */
export const channelSecrets = {
  feishu: z.object({ url, secret: robotSecret }),
  dingtalk: z.object({ url, secret: robotSecret }),
  wecom_group: z.object({ url }),
  webhook: z.object({
    url,
    /** `whsec_…`, as for callbacks. */
    signingSecret: z
      .string()
      .trim()
      .regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/),
  }),
  email: mailSecrets,
  robot_owner: noSettings,
} satisfies Record<AlertChannelType, z.ZodType>

const robotId = plainText({ maxLength: 64, isTrimmed: true })
const typed = <Type extends AlertChannelType>(type: Type) =>
  z.object({
    type: z.literal(type),
    ...common,
    settings: channelSettings[type],
    secrets: channelSecrets[type],
  })

/** A complete channel of any type. Spec: D5 (alerts). */
export const channelFields = z.discriminatedUnion('type', [
  typed('feishu'),
  typed('dingtalk'),
  typed('wecom_group'),
  typed('webhook'),
  typed('email'),
  typed('robot_owner').extend({ secrets: noSettings, robotId }),
])
export type ChannelFields = z.output<typeof channelFields>

const changedText = z.string().trim().max(2048).optional()

/** Fields of a stored channel that change; its type and robot never do. An empty secret is unchanged, because a stored one is never shown. */
export const channelChange = z.object({
  name: common.name.optional(),
  language: z.enum(alertLanguages).optional(),
  kinds: common.kinds.optional(),
  isEnabled: z.boolean().optional(),
  settings: z.record(z.string().max(64), z.unknown()).optional(),
  secrets: z
    .object({
      url: changedText,
      secret: changedText,
      signingSecret: changedText,
      user: changedText,
      password: changedText,
    })
    .optional(),
})
export type ChannelChange = z.output<typeof channelChange>
