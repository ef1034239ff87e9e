import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import type { Env } from '@/lib/env'
import type { Logger } from '@/lib/logger'
import type { Db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import type { SessionLimits } from '@/lib/operator/operator-session'
import { signIn, signOut } from '@/lib/auth/sign-in'
import { verifySignIn } from '@/lib/auth/verify-sign-in'

/** The JWT in the cookie holds only the session secret; operator and validity are read from the session's row at each request. */
declare module 'next-auth/jwt' {
  interface JWT {
    sessionSecret?: string
  }
}

declare module 'next-auth' {
  interface User {
    sessionSecret?: string
  }
}

type Context = {
  db: Db
  env: Pick<Env, 'AUTH_SECRET' | 'PUBLIC_URL'> & SessionLimits
  log: Logger
  from: { peerAddress: string; userAgent: string }
  /** `isKnown`: the id comes from the browser's cookie; otherwise it is new and is set when the operator signs in. */
  device: { id: string; isKnown: boolean }
  onSignIn?: () => void
}

/**
 * Returns next-auth's options: email and password, a signed cookie, our own sign-in page. The page receives as its error
 * `locked:<seconds>` for a lock-out, `busy` when too many sign in at once, `failed` for an internal error.
 */
export function authOptions({ db, env, log, from, device, onSignIn }: Context): NextAuthOptions {
  const authorize = async (email: string, password: string) => {
    const deviceId = device.isKnown ? device.id : null
    const verified = await verifySignIn(db, { email, password, deviceId, peerAddress: from.peerAddress })
    const { outcome } = verified
    if (outcome !== 'ok') log.warn({ outcome, peerAddress: from.peerAddress }, 'sign-in refused')
    if (verified.outcome === 'locked') throw new SignInRefusal(`locked:${verified.retryAfterSeconds}`)
    if (verified.outcome === 'wrong') return null
    const { id: operatorId, email: knownEmail } = verified.operator
    const { secret } = await signIn(db, { operatorId, email: knownEmail, deviceId: device.id, limits: env, ...from })
    onSignIn?.()
    return { id: operatorId, sessionSecret: secret }
  }
  return {
    secret: env.AUTH_SECRET,
    logger: authLogger(log),
    useSecureCookies: env.PUBLIC_URL.startsWith('https://'),
    session: { strategy: 'jwt', maxAge: Math.ceil(env.SESSION_HOURS * 3600) },
    pages: { signIn: '/dashboard/sign-in', error: '/dashboard/sign-in', signOut: '/dashboard' },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize(credentials) {
          const { email, password } = credentials ?? {}
          if (!isText(email, 1000) || !isText(password, 1000)) return null
          // next-auth puts the message of an error into a URL, so it must be one of our own words.
          return authorize(email, password).catch((error: unknown) => {
            if (error instanceof SignInRefusal) throw error
            if (error instanceof AppError && error.code === 'RATE_LIMITED') throw new Error('busy')
            log.error({ err: error }, 'sign-in failed')
            throw new Error('failed')
          })
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sessionSecret: user.sessionSecret } : token),
      session: ({ session }) => session,
    },
    events: {
      signOut: ({ token }) => signOut(db, { secret: token?.sessionSecret, peerAddress: from.peerAddress }),
    },
  }
}

/**
 * Makes next-auth log only its own codes, through our logger: its messages contain client input with line breaks, so a client
 * could forge log lines.
 */
function authLogger(log: Pick<Logger, 'warn'>): NonNullable<NextAuthOptions['logger']> {
  const write = (code: string) =>
    log.warn({ code: /^[A-Z_]{1,60}$/.test(code) ? code : 'UNKNOWN' }, 'next-auth reports an error')
  return { error: write, warn: write, debug: () => {} }
}

class SignInRefusal extends Error {}

/** Postgres accepts neither NUL nor lone surrogates. */
function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxLength && !/\0|\p{Surrogate}/u.test(value)
}
