import { eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client'
import { robots } from '../db/schema/robot'

/** How fast a robot may send, and how long ago it last did. */
export type SendPace = {
  /** 0 = as fast as WeChat takes them. */
  ratePerMinute: number
  /** So many percent more or less than the rate's even distance lie between two sends. */
  jitterPercent: number
  /** null = never yet. */
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
  const [found] = await db.select(pace).from(robots).where(eq(robots.id, robotId))
  return found ?? noPace
}

/** The same, and lines up with everybody else who asks so for this robot, until the transaction ends. */
export async function lockSendPace(tx: Tx, { robotId }: { robotId: string }): Promise<SendPace> {
  const [found] = await tx.select(pace).from(robots).where(eq(robots.id, robotId)).for('no key update')
  return found ?? noPace
}
