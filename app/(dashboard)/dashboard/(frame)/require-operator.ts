import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { getOperator, type Operator } from '@/lib/auth/get-operator'
import { webContext, type WebContext } from '@/lib/http/web-context'

/** Tells a page who looks, once per request; nobody is led to the sign-in page. */
export const requireOperator = cache(async (): Promise<{ ctx: WebContext; operator: Operator }> => {
  const ctx = webContext()
  const operator = await getOperator(ctx, await headers())
  if (!operator) redirect('/dashboard/sign-in')
  return { ctx, operator }
})
