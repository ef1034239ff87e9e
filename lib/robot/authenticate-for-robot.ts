import { and, eq, isNull, sql } from 'drizzle-orm'
import { acceptCaller, type Caller, callerColumns, isAccepted } from '@/lib/application/authenticate-token'
import type { Db } from '@/lib/db/client'
import { buildOnce } from '@/lib/db/prepare-statements'
import { applications, tokens } from '@/lib/db/schema/application'
import { robots } from '@/lib/db/schema/robot'
import { sessions } from '@/lib/db/schema/session'
import { isLiveSession, robotColumns, type RobotRow } from '@/lib/robot/robot-view'
import { hashToken } from '@/lib/secret'

const isRobotOfCaller = and(
  eq(robots.applicationId, tokens.applicationId),
  eq(robots.id, sql.placeholder('robotId')),
  isNull(robots.deletedAt),
)

const findCallerAndRobot = buildOnce((db) =>
  db
    .select({ caller: callerColumns, robot: robotColumns, robotId: robots.id })
    .from(tokens)
    .innerJoin(applications, eq(applications.id, tokens.applicationId))
    .leftJoin(robots, isRobotOfCaller)
    .leftJoin(sessions, isLiveSession)
    .where(isAccepted),
)

/**
 * Authenticates like `authenticateToken`, and returns the robot of the token's application in the same statement; null: it has no
 * such robot. @throws TOKEN_UNKNOWN. Spec: A3 (access token), A4 (tenants).
 */
export async function authenticateForRobot(
  db: Db,
  { token, robotId }: { token: string; robotId: string },
): Promise<{ caller: Caller; robot: RobotRow | null }> {
  const [match] = await findCallerAndRobot(db, { tokenHash: hashToken(token), robotId })
  const caller = await acceptCaller(db, match?.caller)
  return { caller, robot: match?.robotId ? match.robot : null }
}
