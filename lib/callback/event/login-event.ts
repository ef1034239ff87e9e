import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { robots } from '@/lib/db/schema/robot'
import { sessions } from '@/lib/db/schema/session'
import { loginLane } from '@/lib/callback/delivery/lane'
import { insertEvent } from '@/lib/callback/event/record-event'
import { stripUnstorable } from '@/lib/callback/strip-unstorable'

/**
 * Records the GET of a login's own `callback_url`, if the login has one. Call it once, in the transaction that takes the
 * session online for the first time, after the robot's nickname is stored. Spec: 微信登录, A7 (login).
 */
export async function recordLogin(tx: Tx, { sessionId }: { sessionId: string }): Promise<void> {
  const [login] = await tx
    .select({ callbackUrl: sessions.callbackUrl, robot: robots })
    .from(sessions)
    .innerJoin(robots, eq(robots.id, sessions.robotId))
    .innerJoin(applications, eq(applications.id, robots.applicationId))
    .where(and(eq(sessions.id, sessionId), isNotNull(sessions.callbackUrl), isNull(applications.disabledAt)))
  if (!login?.callbackUrl) return
  const { id: robotId, applicationId, username, nickname } = login.robot
  const data = { robot_id: robotId, username, nickname, status: 'online' }
  const loginUrl = extendLoginUrl(login.callbackUrl, data)
  await insertEvent(tx, { type: 'login', applicationId, lane: loginLane(sessionId), robotId, loginUrl, data })
}

/**
 * Appends parameters to a login's URL. Keeps its own query byte for byte, except that characters which a request line cannot
 * carry (blanks, characters beyond ASCII) are percent-encoded; drops a fragment, which is never sent.
 */
export function extendLoginUrl(loginUrl: string, parameters: Record<string, string>): string {
  const [withoutFragment = ''] = loginUrl.trim().split('#')
  const [, query = ''] = withoutFragment.split(/\?(.*)/s)
  const { origin, pathname } = new URL(loginUrl)
  const own = stripUnstorable(query).replace(/[^\x21-\x7e]/gu, encodeURIComponent)
  const appended = Object.entries(parameters).map(
    ([name, value]) => `${name}=${encodeURIComponent(stripUnstorable(value))}`,
  )
  return `${origin}${pathname}?${[own, ...appended].filter(Boolean).join('&')}`
}
