import { z } from 'zod'
import { robotConnections } from '@/lib/db/types'
import { plainText } from '@/lib/plain-text'
import { robotUsername, maxJitterPercent, maxRatePerMinute, servicerId, welcomeText } from '@/lib/robot/robot-fields'
import { isConfirmed } from '@/lib/dashboard/room/form'

export const robotForm = z.object({
  applicationId: z.string().min(1, 'chooseApplication'),
  username: robotUsername,
  /** Absent: the default of the application or the installation. */
  connection: z.enum(robotConnections).optional(),
  /** Absent or "": the default of the application. */
  connectorId: z
    .string()
    .max(64)
    .optional()
    .transform((id) => id || undefined),
  /** Only for a customer service account: it is created if there is none. */
  createsAccount: z.boolean().optional(),
})

/** The number that the phone shows during a login. */
export const loginNumberForm = z.object({ number: z.string().regex(/^\d{1,12}$/, 'loginNumber') })

export const agentIdForm = z.object({
  agentId: plainText({ maxLength: 64, isTrimmed: true, mayBeEmpty: true }).transform((text) => text || null),
  isConfirmed,
})

/** How a 客服 account receives people. */
export const receptionForm = z.object({ welcomeText, handsOverInService: z.boolean(), servicerId })

const wholeNumber = z.number().int().min(0)

export const paceForm = z.object({
  ratePerMinute: wholeNumber.max(maxRatePerMinute),
  jitterPercent: wholeNumber.max(maxJitterPercent),
})

/** One message, or all up to the last one that the page showed. */
export const cancelForm = z.union([
  z.object({ messageId: z.string().min(1) }),
  z.object({ throughSequence: z.number().int().positive() }),
])
