import { z } from 'zod'
import { plainText } from '@/lib/plain-text'
import { timestampSchema } from '@/lib/dashboard/timestamp'

export const qunChange = z.object({
  isPaused: z.boolean().optional(),
  isClosed: z.boolean().optional(),
  /** The room to link a pending group to. */
  roomId: z.string().min(1, '请选择微信群').optional(),
})

export const joinTokenForm = z.object({
  expiresAt: timestampSchema.nullable(),
  maxUses: z.number('请填写数字').int('请填写整数').min(1, '至少 1 人').max(100_000, '最多 100000 人').nullable(),
})

export const assistantForm = z.object({
  isAssistant: z.boolean().optional(),
  acceptsNicknames: z.boolean().optional(),
  companions: z
    .array(plainText({ maxLength: 64, isTrimmed: true }))
    .max(20, '最多 20 位建群好友')
    .optional(),
  /** The image of the account's contact QR code. */
  codeBase64: z.base64('请选择图片').max(1_000_000, '图片太大').optional(),
})
