import { z } from 'zod'
import { operatorRoles } from '@/lib/db/types'
import { minPasswordLength } from '@/lib/operator/password-length'

const role = z.enum(operatorRoles)

export const operatorForm = z.object({ email: z.email('请填写有效的邮箱').max(320, '邮箱最多 320 个字符'), role })

export const roleForm = z.object({ role })

export const passwordForm = z.object({
  present: z.string().min(1, '请填写现在的密码').max(1000),
  password: z.string().min(minPasswordLength, `密码至少 ${minPasswordLength} 个字符`).max(1000, '密码最多 1000 个字符'),
})

/** The form of the page, which asks for the new password twice. */
export const repeatedPasswordForm = passwordForm
  .extend({ again: z.string() })
  .refine(({ password, again }) => password === again, {
    path: ['again'],
    message: '两次输入的新密码不一样',
    params: { rule: 'different' },
  })
