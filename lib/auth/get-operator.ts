import { eq } from 'drizzle-orm'
import { cookies, headers } from 'next/headers'
import { getToken } from 'next-auth/jwt'
import type { NextApiRequest } from 'next'
import type { Db } from '@/lib/db/client'
import { operators } from '@/lib/db/schema/operator'

export type Operator = { id: string; email: string; role: 'admin' | 'viewer' }

/** Tells who asks by the cookie of this request, as the operator's row is now; null for nobody, or one who was removed. */
export async function getOperator(db: Db): Promise<Operator | null> {
  const cookieList = (await cookies()).getAll()
  const request = {
    cookies: Object.fromEntries(cookieList.map(({ name, value }) => [name, value])),
    headers: Object.fromEntries(await headers()),
  }
  const token = await getToken({ req: request as unknown as NextApiRequest })
  if (!token?.operatorId) return null
  const [operator] = await db
    .select({ id: operators.id, email: operators.email, role: operators.role })
    .from(operators)
    .where(eq(operators.id, token.operatorId))
  return operator ?? null
}
