import { and, desc, eq, gt, sql, type SQL } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { signInFailures } from '@/lib/db/schema/operator'

const windowSeconds = 15 * 60
const allowedPerAccount = 10
const allowedPerAddress = 30

export type NotedAttempt = { isLocked: true; retryAfterSeconds: number } | { isLocked: false }

/**
 * Counts a try to sign in as failed, before the password is looked at, so that tries side by side cannot outrun the count.
 * While an account or an address is locked nothing is counted: a lock lasts 15 minutes from the failure that closed it.
 * Spec: decisions D.
 */
export async function noteAttempt(db: Db, attempt: { email: string; peerAddress: string }): Promise<NotedAttempt> {
  return db.transaction(async (tx) => {
    for (const key of [`email:${attempt.email}`, `peer:${attempt.peerAddress}`])
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in ${key}`}, 0))`)
    const retryAfterSeconds = Math.max(
      await lockSeconds(tx, eq(signInFailures.email, attempt.email), allowedPerAccount),
      await lockSeconds(tx, eq(signInFailures.peerAddress, attempt.peerAddress), allowedPerAddress),
    )
    if (retryAfterSeconds > 0) return { isLocked: true, retryAfterSeconds }
    await tx.insert(signInFailures).values({ ...attempt, failedAt: sql`clock_timestamp()` })
    return { isLocked: false }
  })
}

/** Until when the account of this email is locked, as SQL; null = it is not. The same rule as below, for a list. */
export function lockedUntil(email: SQL): SQL<Date | null> {
  return sql<Date | null>`(
    select case when count(*) = ${allowedPerAccount}
        and max(failed_at) - min(failed_at) <= make_interval(secs => ${windowSeconds})
        and max(failed_at) > clock_timestamp() - make_interval(secs => ${windowSeconds})
      then max(failed_at) + make_interval(secs => ${windowSeconds}) end
    from (select failed_at from sign_in_failures as failure where failure.email = ${email}
      order by failed_at desc, id desc limit ${allowedPerAccount}) as newest)`
}

/** The newest `allowed` failures within one window lock until 15 minutes after the newest of them. */
async function lockSeconds(tx: Tx, whose: SQL, allowed: number): Promise<number> {
  const ago = sql<number>`extract(epoch from clock_timestamp() - ${signInFailures.failedAt})::float8`
  const recent = await tx
    .select({ secondsAgo: ago })
    .from(signInFailures)
    .where(
      and(whose, gt(signInFailures.failedAt, sql`clock_timestamp() - make_interval(secs => ${2 * windowSeconds})`)),
    )
    .orderBy(desc(signInFailures.failedAt), desc(signInFailures.id))
    .limit(allowed)
  const newest = recent[0]
  const oldest = recent[allowed - 1]
  if (!newest || !oldest || oldest.secondsAgo - newest.secondsAgo > windowSeconds) return 0
  return Math.max(0, Math.ceil(windowSeconds - newest.secondsAgo))
}
