import { z } from 'zod'
import { maxOverlapSeconds } from '@/lib/application/overlap'
import { callbackEventTypes, robotConnections, roomScopes, tokenScopes } from '@/lib/db/types'
import { findUrlProblem, urlProblems } from '@/lib/egress/find-url-problem'
import { visibleName } from '@/lib/plain-text'
import { expirySchema, timestampSchema } from '@/lib/dashboard/timestamp'

const name = visibleName(64)

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

const maxTokenRobots = 200
const maxTokenNetworks = 100

/** A list of trimmed texts; a wrong one is an issue of the list, which is one field. */
const lines = (item: z.ZodType<string>, message: string, max: number) =>
  z
    .array(z.string().trim())
    .max(max)
    .refine((texts) => texts.every((text) => item.safeParse(text).success), message)

export const tokenForm = z.object({
  name,
  expiresAt: optional(expirySchema),
  rateLimitPerMinute: z.number().int().min(0).max(1_000_000).optional(),
  scopes: z.array(z.enum(tokenScopes)).min(1, 'chooseScope').max(tokenScopes.length).optional(),
  /** Empty: all. */
  robotIds: lines(z.string().regex(/^rbt_\w{1,60}$/), 'robotIds', maxTokenRobots).optional(),
  /** Empty: any. */
  networks: lines(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]), 'networks', maxTokenNetworks).optional(),
})

/** The expiry may be in the past: it ends the token, and an expired token is saved with its own. */
export const tokenChange = tokenForm.extend({ expiresAt: optional(timestampSchema) }).partial()

const overlapSeconds = z.number().int().min(0).max(maxOverlapSeconds, 'overlapTooLong')

export const rotateForm = z.object({ overlapSeconds, expiresAt: optional(expirySchema) })

export const overlapForm = z.object({ overlapSeconds })

export const repeatForm = z.object({ token: z.string().trim().min(1).max(200), overlapSeconds })
