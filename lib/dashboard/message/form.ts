import { z } from 'zod'
import { plainText } from '@/lib/plain-text'

export const messageForm = z.object({
  toUser: z.string().min(1, 'chooseRoom'),
  type: z.enum(['text', 'image']),
  content: plainText({ maxLength: 2000, isMultiline: true }),
})
