import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'

/** What a robot uses to reach its 客服 account. */
export type KfAccess = {
  connectorId: string
  /** The account's `open_kfid` or name, as entered. */
  username: string
  /** null: never online. */
  openKfId: string | null
  /** "": none. */
  welcomeText: string
  /** The employee who is requested at a handover; "": any from the queue. */
  servicerId: string
  /** Whether the account is created under the username if there is none. */
  createsAccount: boolean
  createdAt: Date
}

/** Returns the connector and account of a robot. null: it is deleted, or its connector is gone. */
export async function getKfAccess(db: Db, { robotId }: { robotId: string }): Promise<KfAccess | null> {
  const [robot] = await db
    .select({
      connectorId: robots.connectorId,
      username: robots.username,
      openKfId: robots.wechatUin,
      welcomeText: robots.welcomeText,
      servicerId: robots.servicerId,
      createsAccount: robots.createsAccount,
      createdAt: robots.createdAt,
    })
    .from(robots)
    .where(and(eq(robots.id, robotId), isNull(robots.deletedAt), isNotNull(robots.connectorId)))
  return robot?.connectorId ? { ...robot, connectorId: robot.connectorId } : null
}

/**
 * Returns whether another robot of the connector has this account: one may be named by its id, the other by its name.
 * Spec: E6 (WeCom customer service).
 */
export async function isAccountTaken(
  db: Db,
  { robotId, connectorId, openKfId }: { robotId: string; connectorId: string; openKfId: string },
): Promise<boolean> {
  const isOther = and(eq(robots.connectorId, connectorId), eq(robots.wechatUin, openKfId), ne(robots.id, robotId))
  const [other] = await db
    .select({ id: robots.id })
    .from(robots)
    .where(and(isOther, isNull(robots.deletedAt)))
    .limit(1)
  return other !== undefined
}
