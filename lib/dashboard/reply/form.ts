import { z } from 'zod'
import { maxContentLength, maxTitleLength } from '@/lib/article/article-limits'
import { plainText, visibleName } from '@/lib/plain-text'

export { ruleWithUpload as ruleForm } from '@/lib/rule/rule-fields'
export { quickReplyFields as quickReplyForm } from '@/lib/quick-reply/quick-reply-fields'
export { replySettingsChange } from '@/lib/reply/reply-fields'

/** A test message, to see which rule would reply to it. */
export const dryRunForm = z.object({
  text: z.string().max(16_384),
  type: z.enum(['message', 'joined']),
  isFirstContact: z.boolean(),
  robotId: plainText({ maxLength: 64, mayBeEmpty: true }),
  qunId: plainText({ maxLength: 64 }).nullable(),
})

export const questionForm = z.object({ question: plainText({ maxLength: 2000, isMultiline: true }) })

export const placeForm = z.object({ place: z.number().int().min(1).max(1000) })

export const articleForm = z.object({
  title: visibleName(maxTitleLength),
  content: plainText({ maxLength: maxContentLength, isMultiline: true }),
})

export const importForm = z.object({
  fileName: plainText({ maxLength: 200, isTrimmed: true }),
  content: z.string().min(1).max(900_000),
})
