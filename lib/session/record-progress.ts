import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { robots } from '../db/schema/robot'
import { rooms } from '../db/schema/room'
import { sessions } from '../db/schema/session'
import type { SessionEndReason } from '../db/types'

const now = sql`clock_timestamp()`

/** Stores a login code; the link shows it from now on. */
export async function recordCode(tx: Tx, { sessionId, content }: { sessionId: string; content: string }) {
  await tx
    .update(sessions)
    .set({ state: 'waiting_scan', qrContent: content, avatar: null, stateChangedAt: now })
    .where(eq(sessions.id, sessionId))
}

/** Stores that somebody scanned and has to confirm on the phone. */
export async function recordScan(tx: Tx, { sessionId, avatar }: { sessionId: string; avatar: string | null }) {
  await tx
    .update(sessions)
    .set({ state: 'waiting_confirm', avatar, stateChangedAt: now })
    .where(eq(sessions.id, sessionId))
}

/** Stores that the session lost WeChat and tries to get it back. */
export async function recordReconnecting(tx: Tx, { sessionId }: { sessionId: string }) {
  await tx.update(sessions).set({ state: 'reconnecting', stateChangedAt: now }).where(eq(sessions.id, sessionId))
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
  await tx
    .update(sessions)
    .set({
      state: 'online',
      qrContent: null,
      accountUsername: account.username,
      stateChangedAt: now,
      onlineAt: sql`coalesce(${sessions.onlineAt}, ${now})`,
    })
    .where(eq(sessions.id, sessionId))
  if (isFirst) await tx.update(rooms).set({ username: null }).where(eq(rooms.robotId, robotId))
  return isFirst ? 'first' : 'again'
}

/** Ends a session and forgets its credentials. What still waits for it is the caller's to refuse. */
export async function recordEnd(tx: Tx, { sessionId, reason }: { sessionId: string; reason: SessionEndReason }) {
  await tx
    .update(sessions)
    .set({
      state: 'ended',
      endReason: reason,
      endedAt: now,
      stateChangedAt: now,
      qrContent: null,
      credentialsSealed: null,
    })
    .where(eq(sessions.id, sessionId))
}
