import { createHash } from 'node:crypto'
import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { operators, signInFailures, signInOrigins } from '@/lib/db/schema/operator'
import { networkOf } from '@/lib/networks'

const knownDays = 30
const maxOrigins = 100

/** Returns the hash under which a device is stored, so that the database does not reveal the id in the cookie. */
export function deviceHash(deviceId: string): string {
  return createHash('sha256').update(deviceId).digest('base64url')
}

/** Returns whether an operator has signed in from an address or a device in the last 30 days. */
export async function isKnownOrigin(db: Db, known: { operatorId: string; origin: string }): Promise<boolean> {
  const { operatorId, origin } = known
  const isRecent = gt(signInOrigins.lastSignInAt, sql`clock_timestamp() - make_interval(days => ${knownDays})`)
  const where = and(eq(signInOrigins.operatorId, operatorId), eq(signInOrigins.origin, origin), isRecent)
  return (await db.$count(signInOrigins, where)) > 0
}

/** Records the time, address and device of a sign-in, so that unknown origins cannot lock the operator out. */
export async function recordSignIn(
  db: Db,
  { operatorId, peerAddress, deviceId }: { operatorId: string; peerAddress: string; deviceId: string },
): Promise<void> {
  const lastSignInAt = sql`clock_timestamp()`
  await db.update(operators).set({ lastSignInAt }).where(eq(operators.id, operatorId))
  const origins = [`network:${networkOf(peerAddress)}`, `device:${deviceHash(deviceId)}`]
  await db
    .insert(signInOrigins)
    .values(origins.map((origin) => ({ operatorId, origin, lastSignInAt })))
    .onConflictDoUpdate({ target: [signInOrigins.operatorId, signInOrigins.origin], set: { lastSignInAt } })
  // Programs that sign in without a cookie would add a device each time.
  const surplus = db
    .select({ origin: signInOrigins.origin })
    .from(signInOrigins)
    .where(eq(signInOrigins.operatorId, operatorId))
    .orderBy(sql`${signInOrigins.lastSignInAt} desc`)
    .offset(maxOrigins)
  await db
    .delete(signInOrigins)
    .where(and(eq(signInOrigins.operatorId, operatorId), inArray(signInOrigins.origin, surplus)))
}

/** Days for which failed sign-ins are kept. */
export const failureDays = 7

/** Deletes a batch of failures older than 7 days, and the origins older than 30 days; returns their number. */
export async function deleteOldSignIns(db: Db, { batchSize }: { batchSize: number }): Promise<number> {
  const old = db
    .select({ id: signInFailures.id })
    .from(signInFailures)
    .where(lt(signInFailures.failedAt, sql`clock_timestamp() - make_interval(days => ${failureDays})`))
    .limit(batchSize)
  const failures = await db
    .delete(signInFailures)
    .where(inArray(signInFailures.id, old))
    .returning({ id: sql`1` })
  const origins = await db
    .delete(signInOrigins)
    .where(lt(signInOrigins.lastSignInAt, sql`clock_timestamp() - make_interval(days => ${knownDays})`))
    .returning({ one: sql`1` })
  return failures.length + origins.length
}
