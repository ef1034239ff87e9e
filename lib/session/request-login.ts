import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { commands } from '../db/schema/command'
import { robots } from '../db/schema/robot'
import { sessions } from '../db/schema/session'
import { AppError } from '../errors'
import { newId, newKey } from '../id'
import { noteChange } from './note-change'
import { recordEnd } from './record-progress'

const attemptMinutes = 5
const commandTimeoutSeconds = 15

export type LoginRequest = {
  robotId: string
  callbackUrl: string | null
  agentId: string | null
  /** Who asked for it, as in the audit. */
  actor?: string | null
}

/**
 * Begins a login attempt, or joins the one under way: the link stays the same, callback and agent_id are the latest given.
 * `commandId` is what to wait for until the code is there; null when it is there already.
 * @throws AppError ILLEGAL_ACTION for a robot that is online or reconnecting.
 * Spec: 微信登录, decisions A7.
 */
export async function requestLogin(
  tx: Tx,
  { robotId, callbackUrl, agentId, actor = null }: LoginRequest,
): Promise<{ sessionId: string; qrKey: string; commandId: string | null }> {
  // Two logins at once line up here, so that there is one attempt.
  await tx.select({ id: robots.id }).from(robots).where(eq(robots.id, robotId)).for('update')
  if (agentId) await tx.update(robots).set({ agentId }).where(eq(robots.id, robotId))

  const [live] = await tx
    .select()
    .from(sessions)
    .where(and(eq(sessions.robotId, robotId), ne(sessions.state, 'ended')))
    .for('update')
  if (live?.state === 'online' || live?.state === 'reconnecting')
    throw new AppError('ILLEGAL_ACTION', '机器人已经登录，请先退出登录')
  if (live && live.attemptExpiresAt.getTime() > Date.now()) {
    if (callbackUrl) await tx.update(sessions).set({ callbackUrl }).where(eq(sessions.id, live.id))
    // Without a code and without a command (nobody took the first one up in time) the attempt is asked for again.
    const commandId =
      live.state === 'starting'
        ? ((await findLoginCommand(tx, robotId)) ?? (await addLoginCommand(tx, robotId, actor)))
        : null
    return { sessionId: live.id, qrKey: live.qrKey, commandId }
  }
  if (live) await recordEnd(tx, { sessionId: live.id, reason: 'not_scanned' })

  const session = { id: newId('session'), qrKey: newKey() }
  const attemptExpiresAt = sql`clock_timestamp() + make_interval(mins => ${attemptMinutes})`
  await tx.insert(sessions).values({ ...session, robotId, callbackUrl, attemptExpiresAt })
  await noteChange(tx, { sessionId: session.id, state: 'starting', actor })
  return { sessionId: session.id, qrKey: session.qrKey, commandId: await addLoginCommand(tx, robotId, actor) }
}

async function addLoginCommand(tx: Tx, robotId: string, actor: string | null): Promise<string> {
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
