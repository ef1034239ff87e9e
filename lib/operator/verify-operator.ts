import { setTimeout as wait } from 'node:timers/promises'
import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { operators, signInFailures } from '@/lib/db/schema/operator'
import { networkOf } from '@/lib/networks'
import { checkHash, hashPassword } from '@/lib/operator/hash-password'
import type { OperatorRole } from '@/lib/operator/list-operators'
import { maxPerPair, recordSignInFailure, type SignInAttempt } from '@/lib/operator/record-sign-in-failure'
import { deviceHash } from '@/lib/operator/sign-in-origin'

export type Verification =
  | { outcome: 'ok'; operator: { id: string; email: string; role: OperatorRole } }
  | {
      outcome: 'wrong'
      /** null: no operator has this email. */
      operatorId: string | null
      failureId: number
      /** Failures of the account from this address or device within 15 minutes; the last one locks the pair. */
      failureCount: number
      isLast: boolean
    }
  | { outcome: 'locked'; retryAfterSeconds: number }

/** Hash that an unknown email is checked against, so that it takes the same time as a known one. */
let placeholderHash: Promise<string> | undefined

/**
 * Checks an email and a password, counts a failure, and replaces a hash of lower cost. An unknown email gets the same responses
 * after the same time as a known one.
 * @throws RATE_LIMITED when too many passwords wait to be checked. Spec: D1 (sign-in and sessions).
 */
export async function verifyOperator(
  db: Db,
  options: Omit<SignInAttempt, 'email'> & { email: string; password: string },
): Promise<Verification> {
  const { password, peerAddress, deviceId } = options
  const email = options.email.trim().toLowerCase().slice(0, 320)
  const attempt = await recordSignInFailure(db, { email, peerAddress, deviceId })
  if (attempt.isLocked) return { outcome: 'locked', retryAfterSeconds: attempt.retryAfterSeconds }
  const { failureId, failureCount, isKnown: isUrgent, delayMs } = attempt
  await wait(delayMs)
  const [operator] = await db.select().from(operators).where(eq(operators.email, email))
  try {
    placeholderHash ??= hashPassword('placeholder', { isUrgent: true })
    const hash = operator?.passwordHash ?? (await placeholderHash)
    const { isRight, isOutdated } = await checkHash(password, hash, { isUrgent })
    if (!operator || !isRight) {
      const isLast = failureCount === maxPerPair
      return { outcome: 'wrong', operatorId: operator?.id ?? null, failureId, failureCount, isLast }
    }
    if (isOutdated) await replaceHash(db, { operator, password })
  } catch (error) {
    // The password was not checked, so this is not a failure.
    await db.delete(signInFailures).where(eq(signInFailures.id, failureId))
    throw error
  }
  const device = deviceId ? deviceHash(deviceId) : ''
  const isOfPair = sql`(${signInFailures.device} = ${device} and (${device} <> '' or ${signInFailures.network} = ${networkOf(peerAddress)}))`
  await db.delete(signInFailures).where(and(eq(signInFailures.email, email), isOfPair))
  return { outcome: 'ok', operator: { id: operator.id, email: operator.email, role: operator.role } }
}

async function replaceHash(
  db: Db,
  { operator, password }: { operator: typeof operators.$inferSelect; password: string },
): Promise<void> {
  const passwordHash = await hashPassword(password, { isUrgent: true })
  // Unless the password was changed in the meantime.
  const isSame = and(eq(operators.id, operator.id), eq(operators.passwordHash, operator.passwordHash))
  await db.update(operators).set({ passwordHash }).where(isSame)
}
