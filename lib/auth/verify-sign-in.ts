import type { Db } from '@/lib/db/client'
import { type Verification, verifyOperator } from '@/lib/operator/verify-operator'
import { and, eq, gt, inArray, lt, ne, sql } from 'drizzle-orm'
import { recordAudit } from '@/lib/audit/record-audit'
import { auditEntries, signInFailures } from '@/lib/db/schema/operator'

/** Checks an email and a password with `verifyOperator` and records a failure in the audit. @throws RATE_LIMITED */
export async function verifySignIn(db: Db, attempt: Parameters<typeof verifyOperator>[1]): Promise<Verification> {
  const verified = await verifyOperator(db, attempt)
  if (verified.outcome === 'wrong')
    await auditFailure(db, {
      ...verified,
      email: attempt.email.trim().toLowerCase(),
      peerAddress: attempt.peerAddress,
    })
  return verified
}

/**
 * Maximum audit entries per hour and action; further failures are only counted, so that attackers cannot flood the audit. Known
 * and unknown accounts have separate maximums, so that the unknown ones cannot displace entries about an operator.
 */
const maxEntriesPerHour = 30

const failureActions: ('operator.sign_in_failed' | 'operator.lock_out')[] = [
  'operator.sign_in_failed',
  'operator.lock_out',
]
const unknownTarget = 'unknown'

/**
 * Records failed sign-ins in the audit: the first of an account from one address or device within 15 minutes, and the one that
 * locks it. The others are counted in the next entry as `unlistedFailures`. An unknown email is not recorded, because it may be
 * a password.
 */
async function auditFailure(
  db: Db,
  failure: {
    operatorId: string | null
    email: string
    peerAddress: string
    failureId: number
    failureCount: number
    isLast: boolean
  },
): Promise<void> {
  const { operatorId, email, peerAddress, failureId, failureCount, isLast } = failure
  if (failureCount > 1 && !isLast) return
  const action = isLast ? 'operator.lock_out' : 'operator.sign_in_failed'
  const isSameKind = and(
    eq(auditEntries.action, action),
    operatorId ? ne(auditEntries.targetId, unknownTarget) : eq(auditEntries.targetId, unknownTarget),
  )
  const isRecent = gt(auditEntries.at, sql`clock_timestamp() - interval '1 hour'`)
  if ((await db.$count(auditEntries, and(isSameKind, isRecent))) >= maxEntriesPerHour) return
  const [latest] = await db
    .select({ at: sql<string | null>`max(${auditEntries.at})::text` })
    .from(auditEntries)
    .where(and(inArray(auditEntries.action, failureActions), isRecent))
  const since = sql`coalesce(${latest?.at ?? null}::timestamptz, clock_timestamp() - interval '1 hour')`
  const unlistedCount = await db.$count(
    signInFailures,
    and(gt(signInFailures.failedAt, since), lt(signInFailures.id, failureId)),
  )
  await recordAudit(db, {
    actor: 'anonymous',
    action,
    targetId: operatorId ?? unknownTarget,
    detail: {
      ...(operatorId && { email }),
      ...(isLast && { failures: failureCount }),
      ...(unlistedCount > 0 && { unlistedFailures: unlistedCount }),
    },
    peerAddress,
  })
}
