import type { NextApiRequest } from 'next'
import { getToken } from 'next-auth/jwt'
import type { Db } from '@/lib/db/client'
import type { Env } from '@/lib/env'
import { type SessionLimits, useSession } from '@/lib/operator/operator-session'
import { backgroundHeader } from '@/lib/auth/background-header'
import { readCookies } from '@/lib/auth/device-cookie'

export type Operator = { id: string; email: string; role: 'admin' | 'viewer'; sessionId: string }

type Context = { db: Db; env: Pick<Env, 'AUTH_SECRET' | 'PUBLIC_URL'> & SessionLimits }

/** Returns the signed-in operator of a request as stored now; null: not signed in, or the session has ended. */
export async function getOperator({ db, env }: Context, headers: Headers): Promise<Operator | null> {
  // Cookies only: next-auth would accept a session in `Authorization` too.
  const request = { headers: {}, cookies: readCookies(headers) }
  const secureCookie = env.PUBLIC_URL.startsWith('https://')
  const token = await getToken({ req: request as NextApiRequest, secret: env.AUTH_SECRET, secureCookie })
  const secret = token?.sessionSecret
  if (!secret) return null
  const session = await useSession(db, { secret, limits: env, isBackground: headers.has(backgroundHeader) })
  return session && { ...session.operator, sessionId: session.sessionId }
}
