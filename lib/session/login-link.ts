import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { loginLinks } from '@/lib/db/schema/session'
import type { RobotConnection } from '@/lib/db/types'
import { newKey } from '@/lib/id'
import { hashToken, type Sealer } from '@/lib/secret'

/** Hours for which a link starts logins. */
const linkHours = 24

const connections = Object.keys(capabilitiesOf) as RobotConnection[]
const scanConnections = connections.filter((connection) => capabilitiesOf[connection].login === 'qr')

/** The latest session that was online, if it ended without a request: the drop of a robot. */
const dropOf = sql`lateral (
  select * from (select id, ended_at, end_reason from sessions
      where robot_id = robots.id and online_at is not null order by created_at desc limit 1) as last
    where ended_at is not null and end_reason not in ('logged_out', 'cancelled')) as dropped`

/**
 * Returns the key of the login link of each dropped robot, created at the first call after the drop and the same until it expires.
 * Leaves out robots that are not dropped or that log in with credentials, and links whose key cannot be opened.
 */
export async function provideLoginLinks(
  db: Db,
  { sealer, robotIds }: { sealer: Sealer; robotIds: readonly string[] },
): Promise<Map<string, string>> {
  if (robotIds.length === 0) return new Map()
  const dropped = await db
    .select({ robotId: robots.id, sessionId: sql<string>`dropped.id` })
    .from(robots)
    .crossJoin(dropOf)
    .where(
      and(inArray(robots.id, [...robotIds]), inArray(robots.connection, scanConnections), isNull(robots.deletedAt)),
    )
  if (dropped.length === 0) return new Map()
  const expiresAt = sql`clock_timestamp() + make_interval(hours => ${linkHours})`
  const rows = dropped.map((drop) => {
    const key = newKey()
    return { ...drop, keyHash: hashToken(key), keySealed: sealer.seal(key, contextOf(drop.robotId)), expiresAt }
  })
  await db
    .insert(loginLinks)
    .values(rows)
    .onConflictDoUpdate({
      target: loginLinks.robotId,
      set: {
        sessionId: sql`excluded.session_id`,
        keyHash: sql`excluded.key_hash`,
        keySealed: sql`excluded.key_sealed`,
        expiresAt: sql`excluded.expires_at`,
      },
      setWhere: or(
        ne(loginLinks.sessionId, sql`excluded.session_id`),
        sql`login_links.expires_at <= clock_timestamp()`,
      ),
    })
  // Another worker may have created the link: only the stored key counts.
  const stored = await db
    .select({ robotId: loginLinks.robotId, keySealed: loginLinks.keySealed })
    .from(loginLinks)
    .where(
      inArray(
        loginLinks.robotId,
        dropped.map(({ robotId }) => robotId),
      ),
    )
  return new Map(
    stored.flatMap(({ robotId, keySealed }) => {
      const key = openKey(sealer, keySealed, robotId)
      return key === null ? [] : [[robotId, key] as const]
    }),
  )
}

/**
 * Returns the robot of a login link; null: the link is unknown, expired or replaced, or its robot was online again or is deleted.
 */
export async function findLoginLink(
  db: Db,
  { key }: { key: string },
): Promise<{ robotId: string; name: string } | null> {
  const [found] = await db
    .select({ robotId: robots.id, name: sql<string>`coalesce(nullif(robots.nickname, ''), robots.username)` })
    .from(loginLinks)
    .innerJoin(robots, and(eq(robots.id, loginLinks.robotId), isNull(robots.deletedAt)))
    .crossJoin(dropOf)
    .where(
      and(
        eq(loginLinks.keyHash, hashToken(key)),
        sql`${loginLinks.expiresAt} > clock_timestamp()`,
        eq(loginLinks.sessionId, sql`dropped.id`),
      ),
    )
  return found ?? null
}

const contextOf = (robotId: string) => `login-link:${robotId}`

function openKey(sealer: Sealer, sealed: string, robotId: string): string | null {
  try {
    return sealer.open(sealed, contextOf(robotId))
  } catch {
    // Sealed with a key that is gone; the next link of this robot is sealed with the current one.
    return null
  }
}
