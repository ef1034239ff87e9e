import { eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'

export const defaultPace = {
  ratePerMinute: Number(robots.sendRatePerMinute.default),
  jitterPercent: Number(robots.sendJitterPercent.default),
}

export type SendPace = {
  /** 0 = as fast as WeChat takes them. */
  ratePerMinute: number
  /** Deviation from the even interval between two sends, in percent. */
  jitterPercent: number
  /** null: nothing sent yet. */
  sinceLastSendMs: number | null
}

const noPace: SendPace = { ratePerMinute: 0, jitterPercent: 0, sinceLastSendMs: null }

const pace = {
  ratePerMinute: robots.sendRatePerMinute,
  jitterPercent: robots.sendJitterPercent,
  sinceLastSendMs: sql<
    number | null
  >`(extract(epoch from clock_timestamp() - ${robots.lastSendAt}) * 1000)::double precision`,
}

export async function getSendPace(db: Db, { robotId }: { robotId: string }): Promise<SendPace> {
  const [row] = await db.select(pace).from(robots).where(eq(robots.id, robotId))
  return row ?? noPace
}

/**
 * Returns a robot's send pace and how it reaches WeChat, and serializes the callers of this function per robot until the
 * transaction ends.
 */
export async function lockRobot(tx: Tx, { robotId }: { robotId: string }) {
  const columns = { ...pace, connection: robots.connection, wechatUin: robots.wechatUin }
  const [row] = await tx.select(columns).from(robots).where(eq(robots.id, robotId)).for('no key update')
  const { connection = 'web', wechatUin = null, ...rest } = row ?? {}
  return { pace: { ...noPace, ...rest }, connection, wechatUin }
}
