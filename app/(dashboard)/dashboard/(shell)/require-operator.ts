import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { getOperator, type Operator } from '@/lib/auth/get-operator'
import { type ViewContext, viewContext } from '@/lib/dashboard/view-context'
import { webContext } from '@/lib/http/web-context'

/** Returns the current operator, once per request. Redirects to the sign-in page, and back from it, if there is none. */
export const requireOperator = cache(async (): Promise<{ ctx: ViewContext; operator: Operator }> => {
  const ctx = webContext()
  const requestHeaders = await headers()
  const operator = await getOperator(ctx, requestHeaders)
  if (!operator)
    redirect(`/dashboard/sign-in?${new URLSearchParams({ to: requestHeaders.get('x-path') ?? '/dashboard' })}`)
  return { ctx: viewContext(ctx, operator, { headers: requestHeaders }), operator }
})
