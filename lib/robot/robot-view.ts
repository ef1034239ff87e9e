import { and, eq, isNull, ne, sql, type SQL } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { sessions } from '@/lib/db/schema/session'

export const robotStatuses = ['offline', 'waiting_scan', 'waiting_confirm', 'online', 'reconnecting'] as const
export type RobotStatus = (typeof robotStatuses)[number]

/** A robot with the status of its live session. */
export type RobotView = {
  id: string
  applicationId: string
  username: string
  /** "" until the first login. */
  nickname: string
  agentId: string | null
  status: RobotStatus
  /** 0 = as fast as WeChat takes them. */
  sendRatePerMinute: number
  /** So many percent more or less lie between two messages. */
  sendJitterPercent: number
  /** 群助手 (B3). */
  isAssistant: boolean
  createdAt: Date
}

/** A robot's status, of its live session; one whose login has only begun shows as waiting for its scan. */
export const robotStatusOf = sql<RobotStatus>`case ${sessions.state}::text
  when 'starting' then 'waiting_scan' else coalesce(${sessions.state}::text, 'offline') end`

/** Reads robots that are not deleted. */
export function selectRobotViews(db: Db, ...conditions: (SQL | undefined)[]) {
  return db
    .select({
      id: robots.id,
      applicationId: robots.applicationId,
      username: robots.username,
      nickname: robots.nickname,
      agentId: robots.agentId,
      status: robotStatusOf.as('status'),
      sendRatePerMinute: robots.sendRatePerMinute,
      sendJitterPercent: robots.sendJitterPercent,
      isAssistant: robots.isAssistant,
      createdAt: robots.createdAt,
    })
    .from(robots)
    .leftJoin(sessions, and(eq(sessions.robotId, robots.id), ne(sessions.state, 'ended')))
    .where(and(isNull(robots.deletedAt), ...conditions))
}
