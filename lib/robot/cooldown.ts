import { and, eq, gt, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { cooldowns } from '@/lib/db/schema/contact'

/** What WeChat limits one by one. */
export type LimitedOperation = 'make_room' | 'add_member' | 'accept_friend' | 'set_remark'

const firstMinutes = 10
const mostDoublings = 4

/** Leaves an operation alone that WeChat refused with 1205: 10 minutes, twice as long each time in a row, at most 160. */
export async function startCooldown(tx: Tx, row: { robotId: string; operation: LimitedOperation }): Promise<void> {
  const lasting = (doublings: unknown) =>
    sql`clock_timestamp() + make_interval(mins => ${firstMinutes}) * power(2, ${doublings})`
  await tx
    .insert(cooldowns)
    .values({ ...row, until: lasting(sql`0`) })
    .onConflictDoUpdate({
      target: [cooldowns.robotId, cooldowns.operation],
      set: {
        strikeCount: sql`${cooldowns.strikeCount} + 1`,
        until: lasting(sql`least(${cooldowns.strikeCount}, ${mostDoublings}::int)`),
      },
    })
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
