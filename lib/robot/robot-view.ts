import { and, eq, isNull, ne, sql, type SQL } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { sessions } from '@/lib/db/schema/session'

export type RobotStatus = 'offline' | 'waiting_scan' | 'waiting_confirm' | 'online' | 'reconnecting'

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
  /** 群助手 (B3). */
  isAssistant: boolean
  createdAt: Date
}

/** Reads robots that are not deleted; one whose login has only begun shows as waiting for its scan. */
export function selectRobotViews(db: Db, ...conditions: (SQL | undefined)[]) {
  return db
    .select({
      id: robots.id,
      applicationId: robots.applicationId,
      username: robots.username,
      nickname: robots.nickname,
      agentId: robots.agentId,
      status: sql<RobotStatus>`case ${sessions.state}::text
        when 'starting' then 'waiting_scan' else coalesce(${sessions.state}::text, 'offline') end`,
      sendRatePerMinute: robots.sendRatePerMinute,
      isAssistant: robots.isAssistant,
      createdAt: robots.createdAt,
    })
    .from(robots)
    .leftJoin(sessions, and(eq(sessions.robotId, robots.id), ne(sessions.state, 'ended')))
    .where(and(isNull(robots.deletedAt), ...conditions))
}
