import { hasStableIds } from '@/lib/connection/capabilities'
import { recordRobotChanges } from '@/lib/callback/event/robot-changes'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Tx } from '@/lib/db/client'
import { sessions } from '@/lib/db/schema/session'
import { appendChange, type SessionChange } from '@/lib/session/session-changes'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import type { Actor, OutageCause, SessionEndReason } from '@/lib/db/types'
import type { Takeover } from '@/lib/session/lease'

type Columns = Omit<PgUpdateSetSource<typeof sessions>, 'state' | 'stateChangedAt'>

/** Sets a session's state and the given columns, and appends it to the history. The only writer of session states. */
export async function changeState(tx: Tx, change: SessionChange, columns: Columns = {}): Promise<void> {
  const { sessionId, state } = change
  const isSession = eq(sessions.id, sessionId)
  const [session] = await tx.select({ robotId: sessions.robotId }).from(sessions).where(isSession)
  if (session) await recordRobotChanges(tx, session)
  await tx
    .update(sessions)
    .set({
      ...columns,
      state,
      stateChangedAt: sql`case when ${sessions.state} = ${state} then ${sessions.stateChangedAt} else clock_timestamp() end`,
    })
    .where(isSession)
  await appendChange(tx, change)
}

const now = sql`clock_timestamp()`

/** Stores the current QR code, which the qrcode_url shows from now on. */
export async function recordQrCode(
  tx: Tx,
  { sessionId, content, isCheck = false }: { sessionId: string; content: string; isCheck?: boolean | undefined },
) {
  await changeState(tx, { sessionId, state: 'waiting_scan' }, { qrContent: content, isCheck, avatar: null })
}

/** Records that the phone shows a number, which the login requests. */
export async function recordNumberNeeded(tx: Tx, { sessionId }: { sessionId: string }) {
  await changeState(tx, { sessionId, state: 'waiting_code' })
}

/** Records that the QR code was scanned and has to be confirmed on the phone. */
export async function recordScan(tx: Tx, { sessionId, avatar }: { sessionId: string; avatar: string | null }) {
  await changeState(tx, { sessionId, state: 'waiting_confirm' }, { avatar })
}

/** Records that the session lost its connection to WeChat and is reconnecting. */
export async function recordReconnecting(tx: Tx, { sessionId, cause }: { sessionId: string; cause: OutageCause }) {
  await changeState(tx, { sessionId, state: 'reconnecting', cause })
}

/**
 * Appends a takeover by another worker to the history, with how the previous lease ended. The session's state stays unchanged:
 * clients do not see the takeover, because the next state from WeChat follows within moments.
 */
export async function recordTakeover(tx: Tx, { sessionId, ...takeover }: { sessionId: string } & Takeover) {
  await appendChange(tx, { sessionId, state: 'reconnecting', ...takeover })
}

/** Stores the sealed position from which the session resumes. */
export async function recordPosition(tx: Tx, session: { sessionId: string; credentialsSealed: string }) {
  await tx
    .update(sessions)
    .set({ credentialsSealed: session.credentialsSealed })
    .where(eq(sessions.id, session.sessionId))
}

/**
 * Records that the session is online, or returns `other_account` if the robot is bound to another WeChat account (A7).
 * The first time clears the `@@…` of all rooms where a new login makes them stale; a resume keeps them.
 */
export async function recordOnline(
  tx: Tx,
  input: {
    robotId: string
    sessionId: string
    account: { uin: string; username: string; nickname: string; contactUrl?: string | undefined }
  },
): Promise<'first' | 'again' | 'other_account'> {
  const { robotId, sessionId, account } = input
  await recordRobotChanges(tx, { robotId })
  // The row lock excludes a concurrent release of the robot.
  const isRobot = eq(robots.id, robotId)
  const { wechatUin, connection } = robots
  const [robot] = await tx.select({ wechatUin, connection }).from(robots).where(isRobot).for('no key update')
  if (robot?.wechatUin && robot.wechatUin !== account.uin) return 'other_account'
  const [before] = await tx.select({ onlineAt: sessions.onlineAt }).from(sessions).where(eq(sessions.id, sessionId))
  const isFirst = !before?.onlineAt
  const { nickname, uin, contactUrl } = account
  await tx.update(robots).set({ nickname, wechatUin: uin, contactUrl }).where(eq(robots.id, robotId))
  const onlineAt = sql`coalesce(${sessions.onlineAt}, ${now})`
  const columns = { qrContent: null, accountUsername: account.username, onlineAt }
  await changeState(tx, { sessionId, state: 'online' }, columns)
  if (isFirst) await deleteKeptCredentials(tx, { robotId })
  if (isFirst && robot && !hasStableIds(robot.connection))
    await tx.update(rooms).set({ username: null }).where(eq(rooms.robotId, robotId))
  return isFirst ? 'first' : 'again'
}

export type SessionEnd = {
  sessionId: string
  reason: SessionEndReason
  /** null: not requested through wxbot. */
  actor?: Actor | null
}

/** Deletes the credentials that are kept of a robot's ended sessions. */
export async function deleteKeptCredentials(tx: Tx, { robotId }: { robotId: string }) {
  const isEnded = and(eq(sessions.robotId, robotId), eq(sessions.state, 'ended'), isNotNull(sessions.credentialsSealed))
  await tx.update(sessions).set({ credentialsSealed: null }).where(isEnded)
}

/**
 * SQL: an iLink login offers the token of the previous session, and a 客服 account continues at its cursor; no other credentials outlive
 * their session. Spec: E5 (iLink), E6 (WeCom customer service).
 */
const keptCredentials = sql`case when
  (select connection in ('ilink', 'wecom_kf') and deleted_at is null from robots where robots.id = ${sessions.robotId})
  then ${sessions.credentialsSealed} end`

/** Ends a session and deletes its credentials, except those that the next login offers. The caller refuses queued messages and commands. */
export async function recordEnd(tx: Tx, { sessionId, reason, actor = null }: SessionEnd) {
  const columns = { endReason: reason, endedAt: now, qrContent: null, credentialsSealed: keptCredentials }
  await changeState(tx, { sessionId, state: 'ended', cause: reason, actor }, columns)
}
