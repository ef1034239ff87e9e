import { z } from 'zod'
import { plainText } from '@/lib/plain-text'

/** A call that takes nothing beside its token. */
export const noParameters = z.object({})

const absentWhenEmpty = (maxLength: number) =>
  plainText({ maxLength, isTrimmed: true, mayBeEmpty: true })
    .optional()
    .transform((text) => text || null)

/** Both are optional, "" counts as absent. Spec: 微信登录, A7. */
export const loginParameters = z.object({ callback_url: absentWhenEmpty(2048), agent_id: absentWhenEmpty(64) })

/** Text of 1 to 2,000 characters; of an image its link. Spec: 发送消息, A11. */
export const messageParameters = z.object({
  to_user: plainText({ maxLength: 256 }),
  msg_type: z.enum(['text', 'image']),
  content: plainText({ maxLength: 2000, isMultiline: true }),
})
