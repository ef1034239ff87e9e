import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { cooldowns } from '@/lib/db/schema/contact'

/** The operations that WeChat rate-limits separately. */
export type LimitedOperation = 'make_room' | 'rename_room' | 'add_member' | 'accept_friend' | 'set_remark' | 'send'

const defaultCooldown = { firstSeconds: 600, maxDoublings: 4 }
/** Cooldown of sends; shorter, because a request waits for the send. */
const sendCooldown = { firstSeconds: 2, maxDoublings: 7 }

/**
 * Suspends an operation that WeChat refused with 1205 and returns the end time: after 10 minutes, doubled with each consecutive refusal, a
 * maximum of 160; sends 2 seconds, a maximum of 256.
 */
export async function startCooldown(tx: Tx, row: { robotId: string; operation: LimitedOperation }): Promise<Date> {
  const { firstSeconds, maxDoublings } = row.operation === 'send' ? sendCooldown : defaultCooldown
  const untilAfter = (doublings: unknown) =>
    sql`clock_timestamp() + make_interval(secs => ${firstSeconds}) * power(2, ${doublings})`
  const [started] = await tx
    .insert(cooldowns)
    .values({ ...row, until: untilAfter(sql`0`) })
    .onConflictDoUpdate({
      target: [cooldowns.robotId, cooldowns.operation],
      set: {
        strikeCount: sql`${cooldowns.strikeCount} + 1`,
        until: untilAfter(sql`least(${cooldowns.strikeCount}, ${maxDoublings}::int)`),
      },
    })
    .returning({ until: cooldowns.until })
  if (!started) throw new Error('a cooldown has not been written')
  return started.until
}

/** Returns SQL for the remaining milliseconds of a cooldown; 0 or less: over; null: the last attempt was not refused. */
export function cooldownMs({
  robotId,
  operation,
}: {
  robotId: string
  operation: LimitedOperation
}): SQL<number | null> {
  return sql<number | null>`(select (extract(epoch from d.until - clock_timestamp()) * 1000)::double precision
    from ${cooldowns} d where d.robot_id = ${robotId} and d.operation = ${operation})`
}

/** Deletes the cooldown of an operation after it succeeded. */
export async function endCooldown(
  tx: Tx,
  { robotId, operation }: { robotId: string; operation: LimitedOperation },
): Promise<void> {
  await tx.delete(cooldowns).where(and(eq(cooldowns.robotId, robotId), eq(cooldowns.operation, operation)))
}

export async function listCooldowns(db: Db, { robotId }: { robotId: string }) {
  return db
    .select({ operation: sql<LimitedOperation>`${cooldowns.operation}`, until: cooldowns.until })
    .from(cooldowns)
    .where(and(eq(cooldowns.robotId, robotId), gt(cooldowns.until, sql`clock_timestamp()`)))
}
