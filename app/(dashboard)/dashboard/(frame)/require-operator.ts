import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { getOperator, type Operator } from '@/lib/auth/get-operator'
import { webContext, type WebContext } from '@/lib/http/web-context'

/** Tells a page who looks, once per request; nobody is led to the sign-in page, and back from it. */
export const requireOperator = cache(async (): Promise<{ ctx: WebContext; operator: Operator }> => {
  const ctx = webContext()
  const asked = await headers()
  const operator = await getOperator(ctx, asked)
  if (!operator) redirect(`/dashboard/sign-in?${new URLSearchParams({ to: asked.get('x-path') ?? '/dashboard' })}`)
  return { ctx, operator }
})
