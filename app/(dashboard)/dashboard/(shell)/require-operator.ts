import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { getOperator, type Operator } from '@/lib/auth/get-operator'
import { type ViewContext, viewContext } from '@/lib/dashboard/view-context'
import { webContext } from '@/lib/http/web-context'

/**
 * Returns the signed-in operator, looked up once per request. Without one, redirects to the sign-in page, which returns to this page afterwards.
 */
export const requireOperator = cache(async (): Promise<{ ctx: ViewContext; operator: Operator }> => {
  const ctx = webContext()
  const requestHeaders = await headers()
  const operator = await getOperator(ctx, requestHeaders)
  if (!operator)
    redirect(`/dashboard/sign-in?${new URLSearchParams({ to: requestHeaders.get('x-path') ?? '/dashboard' })}`)
  return { ctx: viewContext(ctx, operator, { headers: requestHeaders }), operator }
})
