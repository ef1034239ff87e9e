import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'

/** Marks a robot deleted: from the commit on it does not exist for anybody; its username may be used again. Spec: A6. */
export async function markRobotDeleted(tx: Db, options: { robotId: string }): Promise<void> {
  await tx
    .update(robots)
    .set({ deletedAt: sql`clock_timestamp()` })
    .where(and(eq(robots.id, options.robotId), isNull(robots.deletedAt)))
}
