import { z } from 'zod'
import type { CallbackReply } from '@/lib/db/types'
import { findUrlProblem } from '@/lib/egress/find-url-problem'
import { plainText } from '@/lib/plain-text'

/** Time after an event in which the response of its callback may contain a reply. Spec: F2 (who replies). */
export const callbackReplySeconds = 120

const content = plainText({ maxLength: 2000, isMultiline: true })
const replyShape = z.discriminatedUnion('msg_type', [
  z.object({ msg_type: z.literal('text'), content }),
  z.object({ msg_type: z.literal('image'), content: content.refine((url) => findUrlProblem(url) === null) }),
])
const body = z.object({ data: z.object({ reply: replyShape.optional(), handover: z.literal(true).optional() }) })

/**
 * Reads what a response says about the message of its event: `data.reply {msg_type, content}` or `data.handover: true`. A body of any
 * other shape says nothing. Spec: F2 (who replies).
 */
export function readCallbackReply(text: string): CallbackReply {
  const parsed = body.safeParse(parseJson(text))
  if (!parsed.success) return { type: 'none' }
  const { reply, handover } = parsed.data.data
  if (reply) return { type: 'reply', messageType: reply.msg_type, content: reply.content }
  return handover ? { type: 'handover' } : { type: 'none' }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
