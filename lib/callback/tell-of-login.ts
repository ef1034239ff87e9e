import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { applications } from '../db/schema/application'
import { callbackEvents } from '../db/schema/callback'
import { robots } from '../db/schema/robot'
import { sessions } from '../db/schema/session'
import { newId } from '../id'
import { extendLoginUrl } from './extend-login-url'
import { loginLane } from './lane'

/**
 * Writes the GET that tells of a login, if one was asked for. Call it once, in the transaction that takes the session
 * online for the first time, after the robot's nickname is stored; after the commit wake the lane it returns.
 * null = nobody is told. Spec: 微信登录, decisions A7.
 */
export async function tellOfLogin(tx: Tx, { sessionId }: { sessionId: string }): Promise<string | null> {
  const [login] = await tx
    .select({ callbackUrl: sessions.callbackUrl, robot: robots })
    .from(sessions)
    .innerJoin(robots, eq(robots.id, sessions.robotId))
    .innerJoin(applications, eq(applications.id, robots.applicationId))
    .where(and(eq(sessions.id, sessionId), isNotNull(sessions.callbackUrl), isNull(applications.disabledAt)))
  if (!login?.callbackUrl) return null
  const { robot } = login
  const parameters = { robot_id: robot.id, username: robot.username, nickname: robot.nickname, status: 'online' }

  const lane = loginLane(sessionId)
  await tx.insert(callbackEvents).values({
    id: newId('callbackEvent'),
    applicationId: robot.applicationId,
    lane,
    type: 'login',
    loginUrl: extendLoginUrl(login.callbackUrl, parameters),
    robotId: robot.id,
    data: parameters,
  })
  return lane
}
