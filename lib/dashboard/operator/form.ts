import { z } from 'zod'
import { operatorRoles } from '@/lib/db/types'
import { minPasswordLength } from '@/lib/operator/password-length'

const role = z.enum(operatorRoles)

export const operatorForm = z.object({ email: z.email().max(320), role })

export const roleForm = z.object({ role })

export const passwordForm = z.object({
  currentPassword: z.string().min(1).max(1000),
  password: z.string().min(minPasswordLength).max(1000),
})

/** The form of the page, which asks for the new password twice. */
export const repeatedPasswordForm = passwordForm
  .extend({ again: z.string() })
  .refine(({ password, again }) => password === again, {
    path: ['again'],
    params: { rule: 'different' },
  })
