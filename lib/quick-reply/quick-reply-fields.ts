import { z } from 'zod'
import { plainText, visibleName } from '@/lib/plain-text'

/** Maximum quick replies of an application. */
export const maxQuickReplies = 300
/** A quick reply as an operator or a client enters it. */
export const quickReplyFields = z.object({
  shortcut: visibleName(32).meta({
    description: '快捷词，输入 `/` 后用它查找，在应用内唯一',
    examples: ['退货'],
  }),
  text: plainText({ maxLength: 2000, isMultiline: true }).meta({
    description: '文字；`{name}` 为对方的名字，`{group}` 为群名称，`{robot}` 为机器人的昵称',
    examples: ['{name}，您好，七天内可以退货。'],
  }),
})

export type QuickReplyFields = z.output<typeof quickReplyFields>
