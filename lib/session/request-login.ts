import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import { and, count, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { commands } from '@/lib/db/schema/command'
import { robots } from '@/lib/db/schema/robot'
import { sessions } from '@/lib/db/schema/session'
import type { Actor } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import { newId, newKey } from '@/lib/id'
import { appendChange } from '@/lib/session/session-changes'
import { recordEnd } from '@/lib/session/record-session-state'

/** Minutes until a login without a scan ends. */
const loginTtlMinutes = 5
const commandTimeoutSeconds = 15

export type LoginRequest = {
  robotId: string
  callbackUrl: string | null
  agentId: string | null
  actor?: Actor | null
  /** Maximum logins of the application that wait for a scan at the same time; 0 or undefined = no limit. */
  maxOpenLogins?: number
}

/**
 * Starts a login, or joins the one in progress: the qrcode_url stays the same, callback_url and agent_id are replaced if given.
 * `commandId` is the command that fetches the QR code; null: the QR code exists already.
 * @throws AppError ILLEGAL_ACTION if the robot is online or reconnecting, or if too many logins wait for a scan.
 * Spec: 微信登录, A7 (login).
 */
export async function requestLogin(
  tx: Tx,
  { robotId, callbackUrl, agentId, actor = null, maxOpenLogins = 0 }: LoginRequest,
): Promise<{ sessionId: string; qrKey: string; commandId: string | null; isNew: boolean }> {
  // Serializes concurrent logins, so that they join one session.
  await tx.select({ id: robots.id }).from(robots).where(eq(robots.id, robotId)).for('update')
  if (agentId) await tx.update(robots).set({ agentId }).where(eq(robots.id, robotId))

  const [live] = await tx
    .select()
    .from(sessions)
    .where(and(eq(sessions.robotId, robotId), ne(sessions.state, 'ended')))
    .for('update')
  if (live?.state === 'online' || live?.state === 'reconnecting')
    throw new AppError('ILLEGAL_ACTION', { reason: 'already_logged_in' })
  if (live && live.attemptExpiresAt.getTime() > Date.now()) {
    if (callbackUrl) await tx.update(sessions).set({ callbackUrl }).where(eq(sessions.id, live.id))
    // Without a QR code and without a command (no worker started the first one in time) a new command is enqueued.
    const commandId =
      live.state === 'starting'
        ? ((await findLoginCommand(tx, robotId)) ?? (await addLoginCommand(tx, robotId, actor)))
        : null
    if (commandId) wakeRobotAfterCommit(tx, robotId)
    return { sessionId: live.id, qrKey: live.qrKey, commandId, isNew: false }
  }
  if (live) await recordEnd(tx, { sessionId: live.id, reason: 'not_scanned' })

  if (maxOpenLogins > 0) await refuseTooManyLogins(tx, { robotId, maxOpenLogins })
  const session = { id: newId('session'), qrKey: newKey() }
  const attemptExpiresAt = sql`clock_timestamp() + make_interval(mins => ${loginTtlMinutes})`
  await tx.insert(sessions).values({ ...session, robotId, callbackUrl, attemptExpiresAt })
  await appendChange(tx, { sessionId: session.id, state: 'starting', actor })
  const commandId = await addLoginCommand(tx, robotId, actor)
  wakeRobotAfterCommit(tx, robotId)
  return { sessionId: session.id, qrKey: session.qrKey, commandId, isNew: true }
}

async function refuseTooManyLogins(tx: Tx, { robotId, maxOpenLogins }: { robotId: string; maxOpenLogins: number }) {
  // Serializes concurrent logins of an application, so that each counts the previous one.
  const [application] = await tx
    .select({ id: applications.id })
    .from(applications)
    .where(sql`id = (select application_id from robots where robots.id = ${robotId})`)
    .for('no key update')
  const [counted] = await tx
    .select({ count: count() })
    .from(sessions)
    .innerJoin(robots, eq(robots.id, sessions.robotId))
    .where(
      and(
        eq(robots.applicationId, application?.id ?? ''),
        inArray(sessions.state, ['starting', 'waiting_scan', 'waiting_code', 'waiting_confirm']),
        gt(sessions.attemptExpiresAt, sql`clock_timestamp()`),
      ),
    )
  if (counted!.count >= maxOpenLogins)
    throw new AppError('ILLEGAL_ACTION', { reason: 'login_limit', params: { max: maxOpenLogins } })
}

/** Makes the robot's owner open its pending session; returns the command. */
export async function addLoginCommand(tx: Tx, robotId: string, actor: Actor | null): Promise<string> {
  const commandId = newId('command')
  const deadlineAt = sql`clock_timestamp() + make_interval(secs => ${commandTimeoutSeconds})`
  await tx.insert(commands).values({ id: commandId, robotId, type: 'login', actor, deadlineAt })
  return commandId
}

async function findLoginCommand(tx: Tx, robotId: string): Promise<string | undefined> {
  const [command] = await tx
    .select({ id: commands.id })
    .from(commands)
    .where(
      and(
        eq(commands.robotId, robotId),
        eq(commands.type, 'login'),
        inArray(commands.state, ['queued', 'running']),
        sql`${commands.deadlineAt} > clock_timestamp()`,
      ),
    )
  return command?.id
}
