import { and, eq, isNull, ne, sql, type SQL } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { RobotConnection } from '@/lib/db/types'
import { robots } from '@/lib/db/schema/robot'
import { sessions } from '@/lib/db/schema/session'

export const robotStatuses = [
  'offline',
  'waiting_scan',
  'waiting_code',
  'waiting_confirm',
  'online',
  'reconnecting',
] as const
export type RobotStatus = (typeof robotStatuses)[number]

export type RobotRow = {
  id: string
  applicationId: string
  username: string
  connection: RobotConnection
  /** null: its connection needs none. */
  connectorId: string | null
  /** "": not yet logged in. */
  nickname: string
  /** Link by which anyone opens a chat with it; null: none. */
  contactUrl: string | null
  agentId: string | null
  status: RobotStatus
  /** 0 = as fast as WeChat takes them. */
  sendRatePerMinute: number
  /** Deviation of the interval between two sends, in percent. */
  sendJitterPercent: number
  /** 群助手 (B3). */
  isAssistant: boolean
  /** A nickname identifies a person to this assistant (B4). */
  acceptsNicknames: boolean
  /** "": none. */
  welcomeText: string
  handsOverInService: boolean
  servicerId: string
  createdAt: Date
}

/**
 * The status derived from the state of the live session. A login that is starting counts as waiting_scan, or as offline where credentials
 * take the place of a scan.
 */
export const robotStatusOf = sql<RobotStatus>`case
  when ${sessions.state} = 'starting' and ${robots.connection} in ('wecom_kf', 'wecom_group') then 'offline'
  when ${sessions.state} = 'starting' then 'waiting_scan'
  else coalesce(${sessions.state}::text, 'offline') end`

/** Joins a robot with its live session. */
export const isLiveSession = and(eq(sessions.robotId, robots.id), ne(sessions.state, 'ended'))

/** Selects a `RobotRow` from robots joined with their live session. */
export const robotColumns = {
  id: robots.id,
  applicationId: robots.applicationId,
  username: robots.username,
  connection: robots.connection,
  connectorId: robots.connectorId,
  nickname: robots.nickname,
  contactUrl: robots.contactUrl,
  agentId: robots.agentId,
  status: robotStatusOf.as('status'),
  sendRatePerMinute: robots.sendRatePerMinute,
  sendJitterPercent: robots.sendJitterPercent,
  isAssistant: robots.isAssistant,
  acceptsNicknames: robots.acceptsNicknames,
  welcomeText: robots.welcomeText,
  handsOverInService: robots.handsOverInService,
  servicerId: robots.servicerId,
  createdAt: robots.createdAt,
}

/** Selects robots that are not deleted, with their status. */
export function selectRobots(db: Db, ...conditions: (SQL | undefined)[]) {
  return db
    .select(robotColumns)
    .from(robots)
    .leftJoin(sessions, isLiveSession)
    .where(and(isNull(robots.deletedAt), ...conditions))
}
