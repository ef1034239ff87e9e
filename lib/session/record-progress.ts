import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { robots } from '../db/schema/robot'
import { rooms } from '../db/schema/room'
import { sessions } from '../db/schema/session'
import type { OutageCause, SessionEndReason } from '../db/types'
import { changeState } from './change-state'
import { noteChange } from './note-change'
import type { Takeover } from './lease'

const now = sql`clock_timestamp()`

/** Stores a login code; the link shows it from now on. */
export async function recordCode(tx: Tx, { sessionId, content }: { sessionId: string; content: string }) {
  await changeState(tx, { sessionId, state: 'waiting_scan' }, { qrContent: content, avatar: null })
}

/** Stores that somebody scanned and has to confirm on the phone. */
export async function recordScan(tx: Tx, { sessionId, avatar }: { sessionId: string; avatar: string | null }) {
  await changeState(tx, { sessionId, state: 'waiting_confirm' }, { avatar })
}

/** Stores that the session lost WeChat, why, and that it tries to get it back. */
export async function recordReconnecting(tx: Tx, { sessionId, cause }: { sessionId: string; cause: OutageCause }) {
  await changeState(tx, { sessionId, state: 'reconnecting', cause })
}

/**
 * Keeps in the history that another worker goes on with a session, and how the one before had ended. The session's state
 * stays as it is: whoever uses the robot is not to be told of it, WeChat's own word follows in a moment.
 */
export async function recordTakeover(tx: Tx, { sessionId, ...takeover }: { sessionId: string } & Takeover) {
  await noteChange(tx, { sessionId, state: 'reconnecting', ...takeover })
}

/** Stores the sealed position to resume from. */
export async function recordPosition(tx: Tx, session: { sessionId: string; credentialsSealed: string }) {
  await tx
    .update(sessions)
    .set({ credentialsSealed: session.credentialsSealed })
    .where(eq(sessions.id, session.sessionId))
}

/**
 * Stores that the session is online, or refuses it: `other_account` when the robot belongs to another WeChat account (A7).
 * A new login makes every `@@…` stale, so rooms forget theirs; a resume keeps them.
 */
export async function recordOnline(
  tx: Tx,
  input: { robotId: string; sessionId: string; account: { uin: string; username: string; nickname: string } },
): Promise<'first' | 'again' | 'other_account'> {
  const { robotId, sessionId, account } = input
  // Not while an operator releases the robot for another account.
  const isRobot = eq(robots.id, robotId)
  const [robot] = await tx.select({ wechatUin: robots.wechatUin }).from(robots).where(isRobot).for('no key update')
  if (robot?.wechatUin && robot.wechatUin !== account.uin) return 'other_account'
  const [before] = await tx.select({ onlineAt: sessions.onlineAt }).from(sessions).where(eq(sessions.id, sessionId))
  const isFirst = !before?.onlineAt
  await tx.update(robots).set({ nickname: account.nickname, wechatUin: account.uin }).where(eq(robots.id, robotId))
  const onlineAt = sql`coalesce(${sessions.onlineAt}, ${now})`
  const columns = { qrContent: null, accountUsername: account.username, onlineAt }
  await changeState(tx, { sessionId, state: 'online' }, columns)
  if (isFirst) await tx.update(rooms).set({ username: null }).where(eq(rooms.robotId, robotId))
  return isFirst ? 'first' : 'again'
}

export type SessionEnd = {
  sessionId: string
  reason: SessionEndReason
  /** Who asked for it, as in the audit; null = nobody here. */
  actor?: string | null
}

/** Ends a session and forgets its credentials. What still waits for it is the caller's to refuse. */
export async function recordEnd(tx: Tx, { sessionId, reason, actor = null }: SessionEnd) {
  const columns = { endReason: reason, endedAt: now, qrContent: null, credentialsSealed: null }
  await changeState(tx, { sessionId, state: 'ended', cause: reason, actor }, columns)
}
