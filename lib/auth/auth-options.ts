import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import type { Db } from '@/lib/db/client'
import type { Env } from '@/lib/env'
import { noteSignIn } from '@/lib/operator/note-sign-in'
import { verifyOperator } from '@/lib/operator/verify-operator'

const sessionSeconds = 12 * 60 * 60

/** What the token in the cookie says; email and role are read from the operator's row at each request. */
declare module 'next-auth/jwt' {
  interface JWT {
    operatorId?: string
    /** The operator's `signInsFrom` at the sign-in, 0 for null: another one now ends it, whatever the clocks say. */
    signInsFromMs?: number
  }
}

declare module 'next-auth' {
  interface User {
    signInsFromMs?: number
  }
}

type Context = { db: Db; env: Pick<Env, 'AUTH_SECRET' | 'PUBLIC_URL'>; peerAddress: string }

/**
 * Makes next-auth's options: e-mail and password, a signed cookie for 12 hours, our own sign-in page.
 * A lock-out reaches the page as `locked:<seconds>`.
 */
export function authOptions({ db, env, peerAddress }: Context): NextAuthOptions {
  return {
    secret: env.AUTH_SECRET,
    useSecureCookies: env.PUBLIC_URL.startsWith('https://'),
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    pages: { signIn: '/dashboard/sign-in', error: '/dashboard/sign-in', signOut: '/dashboard' },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize(credentials) {
          const { email, password } = credentials ?? {}
          if (!email || !password) return null
          const verified = await verifyOperator(db, { email, password, peerAddress })
          if (verified.outcome === 'locked') throw new Error(`locked:${verified.retryAfterSeconds}`)
          if (verified.outcome === 'wrong') return null
          const { id, signInsFrom } = verified.operator
          await noteSignIn(db, { operatorId: id })
          return { id, email: verified.operator.email, signInsFromMs: signInsFrom?.getTime() ?? 0 }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { operatorId: user.id, signInsFromMs: user.signInsFromMs } : token),
      session: ({ session }) => session,
    },
  }
}
