import { and, desc, eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { operators, operatorSessions } from '@/lib/db/schema/operator'
import type { Env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { newId, newKey } from '@/lib/id'
import { hashToken } from '@/lib/secret'
import type { OperatorRole } from '@/lib/operator/list-operators'

/** Maximum duration and idle time of a session. Spec: D1 (sign-in and sessions). */
export type SessionLimits = Pick<Env, 'SESSION_HOURS' | 'SESSION_IDLE_MINUTES'>

export type OperatorSession = {
  id: string
  operatorId: string
  email: string
  userAgent: string
  peerAddress: string
  createdAt: Date
  lastSeenAt: Date
}

/** A use updates `lastSeenAt` only if it is older than this, so that not every request writes to the database. */
const maxStaleSeconds = 60

/** Opens a session. The returned secret is for the cookie; only its hash is stored. */
export async function openSession(
  db: Db,
  session: { operatorId: string; userAgent: string; peerAddress: string },
): Promise<{ sessionId: string; secret: string }> {
  const { operatorId, peerAddress } = session
  const [sessionId, secret] = [newId('operatorSession'), newKey()]
  const userAgent = session.userAgent.replaceAll('\0', '').slice(0, 300)
  const times = { createdAt: sql`clock_timestamp()`, lastSeenAt: sql`clock_timestamp()` }
  await db
    .insert(operatorSessions)
    .values({ id: sessionId, secretHash: hashToken(secret), operatorId, userAgent, peerAddress, ...times })
  return { sessionId, secret }
}

/**
 * Returns the session of a secret and its operator; null: ended or expired. Unless `isBackground`, this counts as a use and
 * restarts the idle time.
 */
export async function useSession(
  db: Db,
  { secret, limits, isBackground }: { secret: string; limits: SessionLimits; isBackground: boolean },
): Promise<{ sessionId: string; operator: { id: string; email: string; role: OperatorRole } } | null> {
  const staleSeconds = Math.min(maxStaleSeconds, limits.SESSION_IDLE_MINUTES * 6)
  const [match] = await db
    .select({
      sessionId: operatorSessions.id,
      operator: { id: operators.id, email: operators.email, role: operators.role },
      isStale: sql<boolean>`${operatorSessions.lastSeenAt} < clock_timestamp() - make_interval(secs => ${staleSeconds})`,
    })
    .from(operatorSessions)
    .innerJoin(operators, eq(operators.id, operatorSessions.operatorId))
    .where(and(eq(operatorSessions.secretHash, hashToken(secret)), isValid(limits)))
  if (!match) return null
  const { isStale, ...session } = match
  if (isStale && !isBackground)
    await db
      .update(operatorSessions)
      .set({ lastSeenAt: sql`clock_timestamp()` })
      .where(eq(operatorSessions.id, session.sessionId))
  return session
}

/** Lists the valid sessions of one operator or of all, latest used first; a maximum of 500. */
export async function listSessions(
  db: Db,
  { operatorId, limits }: { operatorId: string | null; limits: SessionLimits },
): Promise<OperatorSession[]> {
  return selectSessions(db)
    .where(and(operatorId === null ? undefined : eq(operatorSessions.operatorId, operatorId), isValid(limits)))
    .orderBy(desc(operatorSessions.lastSeenAt))
    .limit(500)
}

/** Ends a session and returns it; with `operatorId`, only a session of this operator. @throws NOT_FOUND */
export async function endSession(
  db: Db,
  { sessionId, operatorId }: { sessionId: string; operatorId: string | null },
): Promise<OperatorSession> {
  const isSession = and(
    eq(operatorSessions.id, sessionId),
    operatorId === null ? undefined : eq(operatorSessions.operatorId, operatorId),
  )
  const [session] = await selectSessions(db).where(isSession)
  const ended = await db.delete(operatorSessions).where(isSession).returning({ id: operatorSessions.id })
  if (!session || ended.length === 0) throw new AppError('NOT_FOUND', { reason: 'session_not_found' })
  return session
}

/** Ends the session of a secret and returns it; null: none. */
export async function endSessionBySecret(
  db: Db,
  { secret }: { secret: string },
): Promise<{ sessionId: string; operatorId: string; email: string } | null> {
  const isSession = eq(operatorSessions.secretHash, hashToken(secret))
  const [session] = await selectSessions(db).where(isSession)
  const ended = await db.delete(operatorSessions).where(isSession).returning({ id: operatorSessions.id })
  if (!session || ended.length === 0) return null
  return { sessionId: session.id, operatorId: session.operatorId, email: session.email }
}

/** Ends all sessions of an operator; returns their number. */
export async function endSessionsOf(db: Db, { operatorId }: { operatorId: string }): Promise<number> {
  const ended = await db
    .delete(operatorSessions)
    .where(eq(operatorSessions.operatorId, operatorId))
    .returning({ id: operatorSessions.id })
  return ended.length
}

/** Deletes expired sessions; returns their number. */
export async function deleteExpiredSessions(db: Db, { limits }: { limits: SessionLimits }): Promise<number> {
  const removed = await db
    .delete(operatorSessions)
    .where(sql`not (${isValid(limits)})`)
    .returning({ id: operatorSessions.id })
  return removed.length
}

function isValid({ SESSION_HOURS: hours, SESSION_IDLE_MINUTES: idleMinutes }: SessionLimits) {
  const ago = (seconds: number) => sql`clock_timestamp() - make_interval(secs => ${seconds})`
  return sql`(${operatorSessions.createdAt} > ${ago(hours * 3600)} and ${operatorSessions.lastSeenAt} > ${ago(idleMinutes * 60)})`
}

function selectSessions(db: Db) {
  const { id, operatorId, userAgent, peerAddress, createdAt, lastSeenAt } = operatorSessions
  return db
    .select({ id, operatorId, email: operators.email, userAgent, peerAddress, createdAt, lastSeenAt })
    .from(operatorSessions)
    .innerJoin(operators, eq(operators.id, operatorSessions.operatorId))
    .$dynamic()
}
