import { z } from 'zod'
import { maxJitterPercent, maxRatePerMinute } from '@/lib/robot/pace-limits'

const wholeNumber = z.number('请填写数字').int('请填写整数').min(0, '不能小于 0')

export const paceForm = z.object({
  ratePerMinute: wholeNumber.max(maxRatePerMinute, `每分钟最多 ${maxRatePerMinute} 条`),
  jitterPercent: wholeNumber.max(maxJitterPercent, `浮动最多 ${maxJitterPercent}%`),
})

/** One message, or all up to the last that the operator saw. */
export const cancelForm = z.union([
  z.object({ messageId: z.string().min(1) }),
  z.object({ throughSequence: z.number().int().positive() }),
])
