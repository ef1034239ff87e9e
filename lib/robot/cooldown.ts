import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { cooldowns } from '@/lib/db/schema/contact'

/** What WeChat limits one by one. */
export type LimitedOperation = 'make_room' | 'add_member' | 'accept_friend' | 'set_remark' | 'send'

const ofQuns = { firstSeconds: 600, mostDoublings: 4 }
/** Somebody waits for a send. */
const ofSends = { firstSeconds: 2, mostDoublings: 7 }

/**
 * Leaves an operation alone that WeChat refused with 1205, and answers until when: 10 minutes, twice as long each time in a row, at most
 * 160; sends 2 seconds, at most 256.
 */
export async function startCooldown(tx: Tx, row: { robotId: string; operation: LimitedOperation }): Promise<Date> {
  const { firstSeconds, mostDoublings } = row.operation === 'send' ? ofSends : ofQuns
  const lasting = (doublings: unknown) =>
    sql`clock_timestamp() + make_interval(secs => ${firstSeconds}) * power(2, ${doublings})`
  const [started] = await tx
    .insert(cooldowns)
    .values({ ...row, until: lasting(sql`0`) })
    .onConflictDoUpdate({
      target: [cooldowns.robotId, cooldowns.operation],
      set: {
        strikeCount: sql`${cooldowns.strikeCount} + 1`,
        until: lasting(sql`least(${cooldowns.strikeCount}, ${mostDoublings}::int)`),
      },
    })
    .returning({ until: cooldowns.until })
  if (!started) throw new Error('a cooldown has not been written')
  return started.until
}

/** For how many more milliseconds a robot leaves an operation alone, 0 or less once it may be tried; null when it was not refused last. */
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

/** Forgets earlier refusals, once the operation went well again. */
export async function endCooldown(
  tx: Tx,
  { robotId, operation }: { robotId: string; operation: LimitedOperation },
): Promise<void> {
  await tx.delete(cooldowns).where(and(eq(cooldowns.robotId, robotId), eq(cooldowns.operation, operation)))
}

/** The operations a robot leaves alone now, and until when. */
export async function listCooldowns(db: Db, { robotId }: { robotId: string }) {
  return db
    .select({ operation: sql<LimitedOperation>`${cooldowns.operation}`, until: cooldowns.until })
    .from(cooldowns)
    .where(and(eq(cooldowns.robotId, robotId), gt(cooldowns.until, sql`clock_timestamp()`)))
}
