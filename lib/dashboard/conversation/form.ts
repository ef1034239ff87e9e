import { z } from 'zod'
import { plainText } from '@/lib/plain-text'

const maxUploadChars = 14_000_000

/** A reply of an operator: a text, or an image or file as base64. */
export const replyForm = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), content: plainText({ maxLength: 2000, isMultiline: true }) }),
  z.object({ type: z.literal('image'), dataBase64: z.base64().min(1).max(maxUploadChars) }),
  z.object({
    type: z.literal('file'),
    fileName: z.string().min(1).max(500),
    dataBase64: z.base64().min(1).max(maxUploadChars),
  }),
])

export const noteForm = z.object({ text: plainText({ maxLength: 2000, isMultiline: true }) })

export const conversationActions = ['assign', 'release', 'resolve', 'reopen', 'handover', 'read'] as const

/** A change of a conversation; `assigneeId`: the operator it is assigned to, by default the one who asks. */
export const stateForm = z.discriminatedUnion('action', [
  z.object({ action: z.literal('assign'), assigneeId: z.string().min(1).max(64).optional() }),
  z.object({ action: z.enum(conversationActions).exclude(['assign']) }),
])
