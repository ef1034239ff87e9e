import { sql } from 'drizzle-orm'
import { checkWarning } from '@/lib/connector/is-check-passed'
import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Tx } from '@/lib/db/client'
import { sessions } from '@/lib/db/schema/session'
import { newId, newKey } from '@/lib/id'
import { addLoginCommand } from '@/lib/session/request-login'

/** Maximum robots per sweep; the next sweep starts the rest. */
const maxPerSweep = 200
/** Credentials that WeCom refused are tried again after this time, also without a check. */
const retryInterval = sql`interval '1 hour'`

/**
 * Starts a session for each robot of a company that has none: credentials take the place of a login. It waits until WeCom has verified the
 * callback URL of its connector. After credentials were refused it waits for a successful check of the connector, up to an hour.
 * Returns the robots. Spec: E6 (WeCom customer service).
 * @param connectorId only its robots, when something of it has changed; missing: all, for the sweep
 */
export async function startKfSessions(tx: Tx, { connectorId }: { connectorId?: string } = {}): Promise<string[]> {
  const isIncluded = connectorId === undefined ? sql`` : sql`and c.id = ${connectorId}`
  // Locked as by every login: an owner that finds no session would otherwise refuse the command of the one that begins.
  const due = await tx.execute<{ id: string }>(sql`
    select r.id from robots r
      join connectors c on c.id = r.connector_id
      join wecom_companies w on w.connector_id = c.id and w.callback_verified_at is not null
      left join lateral (
        select state, ended_at from sessions s where s.robot_id = r.id order by created_at desc limit 1
      ) last on true
      where r.connection in ('wecom_kf', 'wecom_group') and r.deleted_at is null and (last.state is null or (last.state = 'ended' and (
        last.ended_at < clock_timestamp() - ${retryInterval}
        or (c.checked_at > last.ended_at and not exists (
          select from jsonb_array_elements(c.problems) as problem where problem->>'reason' <> ${checkWarning}))))) ${isIncluded}
      order by r.id limit ${maxPerSweep} for no key update of r`)
  const robotIds = [...due].map(({ id }) => id)
  for (const robotId of robotIds) {
    const id = newId('session')
    // A login without a scan does not expire: the session opens by itself as soon as WeCom can be reached.
    const attemptExpiresAt = sql`clock_timestamp() + interval '100 years'`
    const started = await tx
      .insert(sessions)
      .values({ id, robotId, qrKey: newKey(), attemptExpiresAt })
      .onConflictDoNothing()
      .returning({ id: sessions.id })
    if (started.length === 0) continue
    // An owner without a session opens it at this command; a robot without an owner, when it is claimed.
    await addLoginCommand(tx, robotId, null)
    wakeRobotAfterCommit(tx, robotId)
  }
  return robotIds
}
