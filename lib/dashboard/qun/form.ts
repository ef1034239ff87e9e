import { z } from 'zod'
import { plainText } from '@/lib/plain-text'
import { maxJoinTokenUses, maxNameLength, qunName, qunRequest } from '@/lib/qun/qun-fields'
import { maxImportLength } from '@/lib/qun/import-limits'
import { memberDecisions } from '@/lib/membership/member-decisions'
import { expirySchema } from '@/lib/dashboard/timestamp'

/** The same fields as a request of the API; "": the name of the template. */
export const qunForm = z.object({
  ...qunRequest,
  name: plainText({ maxLength: maxNameLength, isTrimmed: true, mayBeEmpty: true })
    .transform((text) => text || undefined)
    .optional(),
})

export const qunChange = z.object({
  isPaused: z.boolean().optional(),
  isClosed: z.boolean().optional(),
  name: qunName.optional(),
  /** The room to link a pending group to. */
  roomId: z.string().min(1, 'chooseRoom').optional(),
})

export const qunImportForm = z.object({ content: z.string().min(1).max(maxImportLength), isPreview: z.boolean() })

/** yes: the person is who the name says; no: another person, who is refused; remove: the person no longer belongs to the group. */
export const memberDecisionForm = z.object({ decision: z.enum(memberDecisions) })

export const qunNameForm = z.object({ name: qunName })

export const joinTokenForm = z.object({
  expiresAt: expirySchema.nullable(),
  maxUses: z.number().int().min(1).max(maxJoinTokenUses).nullable(),
})

export const assistantForm = z.object({
  isAssistant: z.boolean().optional(),
  acceptsNicknames: z.boolean().optional(),
  companions: z
    .array(plainText({ maxLength: 64, isTrimmed: true }))
    .max(20, 'tooManyStarterContacts')
    .optional(),
  /** The contacts among them that the operator picked from the address book. */
  picked: z
    .array(z.object({ name: z.string().min(1).max(64), username: z.string().min(1).max(200) }))
    .max(20)
    .optional(),
  /** The image of the account's contact QR code. */
  codeBase64: z.base64('chooseImage').max(1_000_000, 'imageTooLarge').optional(),
})
