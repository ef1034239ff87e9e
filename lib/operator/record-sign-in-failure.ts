import { and, eq, gt, sql, type SQL } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { operators, signInFailures } from '@/lib/db/schema/operator'
import { lockKey } from '@/lib/db/lock-key'
import { networkOf } from '@/lib/networks'
import { deviceHash, isKnownOrigin } from '@/lib/operator/sign-in-origin'

const windowSeconds = 15 * 60
/** Failures of an account from one address or device that lock this pair. */
export const maxPerPair = 10
/** Failures from one address over all accounts that lock the address. */
const maxPerAddress = 30
/** Each further failure of an account increases the delay for unknown origins. */
const maxUndelayedPerAccount = 50
const delayStepMs = 100
const maxDelayMs = 5000

/** `deviceId`: from the browser's signed cookie; null: none. */
export type SignInAttempt = { email: string; peerAddress: string; deviceId?: string | null | undefined }

export type RecordedFailure =
  | { isLocked: true; retryAfterSeconds: number }
  | {
      isLocked: false
      failureId: number
      /** Failures of the account from this address or device within the window, including this one. */
      failureCount: number
      /** The account has signed in from this address or device within 30 days. */
      isKnown: boolean
      /** Wait before the password is checked. */
      delayMs: number
    }

/**
 * Counts a sign-in as failed before its password is checked, so that concurrent attempts cannot exceed the limit.
 * Ten failures of an account from one address lock that pair for 15 minutes; thirty over all accounts lock the address. A device
 * that signed in within 30 days is counted separately, so that others at its address do not lock it. While locked, nothing is
 * counted. Spec: D1 (sign-in and sessions).
 */
export async function recordSignInFailure(db: Db, attempt: SignInAttempt): Promise<RecordedFailure> {
  const { email } = attempt
  const network = networkOf(attempt.peerAddress)
  return db.transaction(async (tx) => {
    for (const key of [`sign-in email:${email}`, `sign-in network:${network}`]) await lockKey(tx, key)
    const [operator] = await tx.select({ id: operators.id }).from(operators).where(eq(operators.email, email))
    const isKnown = async (origin: string) => isKnownOrigin(tx, { operatorId: operator?.id ?? '', origin })
    const hash = attempt.deviceId ? deviceHash(attempt.deviceId) : ''
    const isKnownDevice = hash !== '' && (await isKnown(`device:${hash}`))
    const device = isKnownDevice ? hash : ''
    const ofAccount = eq(signInFailures.email, email)
    const ofPair = and(ofAccount, device ? eq(signInFailures.device, device) : eq(signInFailures.network, network))
    const retryAfterSeconds = Math.max(
      await lockSeconds(tx, ofPair, maxPerPair),
      device ? 0 : await lockSeconds(tx, eq(signInFailures.network, network), maxPerAddress),
    )
    if (retryAfterSeconds > 0) return { isLocked: true, retryAfterSeconds }
    const failure = { email, network, device, failedAt: sql`clock_timestamp()` }
    const [row] = await tx.insert(signInFailures).values(failure).returning({ id: signInFailures.id })
    const isKnownHere = isKnownDevice || (await isKnown(`network:${network}`))
    const excess = (await countRecent(tx, ofAccount)) - maxUndelayedPerAccount
    return {
      isLocked: false,
      failureId: row?.id ?? 0,
      failureCount: await countRecent(tx, ofPair),
      isKnown: isKnownHere,
      delayMs: isKnownHere ? 0 : Math.min(maxDelayMs, Math.max(0, excess * delayStepMs)),
    }
  })
}

/** SQL: end of the lock-out of an email for at least one network or known device; null: not locked. The rule of `lockSeconds`, for lists. */
export function lockedUntil(email: SQL): SQL<Date | null> {
  return sql<Date | null>`(
    select max(opens_at) from (
      select case when count(*) = ${maxPerPair}
          and max(failed_at) - min(failed_at) <= make_interval(secs => ${windowSeconds})
          and max(failed_at) > clock_timestamp() - make_interval(secs => ${windowSeconds})
        then max(failed_at) + make_interval(secs => ${windowSeconds}) end as opens_at
      from (select origin, failed_at, row_number() over (partition by origin order by failed_at desc, id desc) as rank
        from sign_in_failures as failure
          cross join lateral (values ('network:' || peer_address), ('device:' || nullif(device, ''))) as origins (origin)
        where failure.email = ${email} and origin is not null
          and failed_at > clock_timestamp() - make_interval(secs => ${2 * windowSeconds})) as ranked
      where rank <= ${maxPerPair} group by origin) as pairs)`
}

async function countRecent(tx: Tx, where: SQL | undefined): Promise<number> {
  return tx.$count(
    signInFailures,
    and(where, gt(signInFailures.failedAt, sql`clock_timestamp() - make_interval(secs => ${windowSeconds})`)),
  )
}

/** Returns the remaining lock-out: `max` failures within one window lock until 15 minutes after the newest of them. */
async function lockSeconds(tx: Tx, where: SQL | undefined, max: number): Promise<number> {
  const recent = await tx
    .select({ secondsAgo: sql<number>`extract(epoch from clock_timestamp() - ${signInFailures.failedAt})::float8` })
    .from(signInFailures)
    .where(
      and(where, gt(signInFailures.failedAt, sql`clock_timestamp() - make_interval(secs => ${2 * windowSeconds})`)),
    )
    .orderBy(sql`${signInFailures.failedAt} desc, ${signInFailures.id} desc`)
    .limit(max)
  const newest = recent[0]
  const oldest = recent[max - 1]
  if (!newest || !oldest || oldest.secondsAgo - newest.secondsAgo > windowSeconds) return 0
  return Math.max(0, Math.ceil(windowSeconds - newest.secondsAgo))
}
