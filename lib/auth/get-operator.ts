import { eq } from 'drizzle-orm'
import type { NextApiRequest } from 'next'
import { getToken } from 'next-auth/jwt'
import type { Db } from '@/lib/db/client'
import { operators } from '@/lib/db/schema/operator'
import type { Env } from '@/lib/env'

export type Operator = { id: string; email: string; role: 'admin' | 'viewer' }

type Context = { db: Db; env: Pick<Env, 'AUTH_SECRET' | 'PUBLIC_URL'> }

/** Tells who asks by the cookies of a request, as the operator's row is now; null for nobody, one who was removed, or has a new password since. */
export async function getOperator({ db, env }: Context, headers: Headers): Promise<Operator | null> {
  // No other header: next-auth would take an `Authorization` for a session too.
  const request = { headers: {}, cookies: readCookies(headers.get('cookie') ?? '') }
  const secureCookie = env.PUBLIC_URL.startsWith('https://')
  const token = await getToken({ req: request as NextApiRequest, secret: env.AUTH_SECRET, secureCookie })
  if (!token?.operatorId) return null
  const [operator] = await db
    .select({ id: operators.id, email: operators.email, role: operators.role, signInsFrom: operators.signInsFrom })
    .from(operators)
    .where(eq(operators.id, token.operatorId))
  if (!operator) return null
  const { signInsFrom, ...who } = operator
  return (token.signInsFromMs ?? 0) === (signInsFrom?.getTime() ?? 0) ? who : null
}

function readCookies(header: string): Record<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split(/=(.*)/s))
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]))
}
