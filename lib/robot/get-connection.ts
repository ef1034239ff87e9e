import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import type { RobotConnection } from '@/lib/db/types'

/**
 * Reads how a robot reaches WeChat, deleted robots included. `wechatUin` identifies its account; null: not yet logged in.
 */
export async function getConnection(
  db: Db,
  { robotId }: { robotId: string },
): Promise<{ connection: RobotConnection; wechatUin: string | null }> {
  const [robot] = await db
    .select({ connection: robots.connection, wechatUin: robots.wechatUin })
    .from(robots)
    .where(eq(robots.id, robotId))
  return robot ?? { connection: 'web', wechatUin: null }
}
