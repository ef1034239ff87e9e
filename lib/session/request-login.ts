import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { commands } from '../db/schema/command'
import { robots } from '../db/schema/robot'
import { sessions } from '../db/schema/session'
import { AppError } from '../errors'
import { newId, newKey } from '../id'

const attemptMinutes = 5
const commandTimeoutSeconds = 15

/**
 * Begins a login attempt, or joins the one under way: the link stays the same, callback and agent_id are the latest given.
 * `commandId` is what to wait for until the code is there; null when it is there already.
 * @throws AppError ILLEGAL_ACTION for a robot that is online or reconnecting.
 * Spec: 微信登录, decisions A7.
 */
export async function requestLogin(
  tx: Tx,
  { robotId, callbackUrl, agentId }: { robotId: string; callbackUrl: string | null; agentId: string | null },
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
      live.state === 'starting' ? ((await findLoginCommand(tx, robotId)) ?? (await addLoginCommand(tx, robotId))) : null
    return { sessionId: live.id, qrKey: live.qrKey, commandId }
  }
  if (live)
    await tx
      .update(sessions)
      .set({ state: 'ended', endReason: 'not_scanned', endedAt: sql`clock_timestamp()`, qrContent: null })
      .where(eq(sessions.id, live.id))

  const session = { id: newId('session'), qrKey: newKey() }
  const attemptExpiresAt = sql`clock_timestamp() + make_interval(mins => ${attemptMinutes})`
  await tx.insert(sessions).values({ ...session, robotId, callbackUrl, attemptExpiresAt })
  return { sessionId: session.id, qrKey: session.qrKey, commandId: await addLoginCommand(tx, robotId) }
}

async function addLoginCommand(tx: Tx, robotId: string): Promise<string> {
  const commandId = newId('command')
  const deadlineAt = sql`clock_timestamp() + make_interval(secs => ${commandTimeoutSeconds})`
  await tx.insert(commands).values({ id: commandId, robotId, type: 'login', deadlineAt })
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
