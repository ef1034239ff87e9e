import { createHash } from 'node:crypto'
import { and, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Db, Tx } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { wecomCallbacks, wecomCompanies } from '@/lib/db/schema/wecom'
import { startKfSessions } from '@/lib/wecom/start-sessions'

/** What a callback announces: entries of a 客服 account, or a change of a customer group. */
export type WecomHint = { openKfId: string; syncToken: string } | { chatId: string }

/** SQL: how long WeCom takes the token of a callback. */
const syncTokenLife = sql`interval '10 minutes'`
const keptFor = sql`interval '1 hour'`
const now = sql`clock_timestamp()`

/** Returns what the verification of a callback URL belongs to. */
export function callbackHashOf({ callbackToken, callbackAesKey }: { callbackToken: string; callbackAesKey: string }) {
  return createHash('sha256')
    .update(JSON.stringify([callbackToken, callbackAesKey]))
    .digest('hex')
}

/** Records that WeCom verified the callback URL with these secrets, and starts the robots of the company. */
export async function recordVerification(
  tx: Tx,
  { connectorId, callbackHash }: { connectorId: string; callbackHash: string },
): Promise<void> {
  await tx
    .insert(wecomCompanies)
    .values({ connectorId, callbackHash, callbackVerifiedAt: now })
    .onConflictDoUpdate({ target: wecomCompanies.connectorId, set: { callbackHash, callbackVerifiedAt: now } })
  await startKfSessions(tx, { connectorId })
}

/** Returns whether WeCom has verified the callback URL with these secrets. */
export async function isCallbackVerified(
  db: Db,
  { connectorId, secrets }: { connectorId: string; secrets: Parameters<typeof callbackHashOf>[0] },
): Promise<boolean> {
  const [row] = await db
    .select({ callbackHash: wecomCompanies.callbackHash })
    .from(wecomCompanies)
    .where(eq(wecomCompanies.connectorId, connectorId))
  return row?.callbackHash === callbackHashOf(secrets)
}

/**
 * Stores a callback and wakes the robots of its account, or of the groups, after the commit; false: it was stored before. Only this makes its nonce used,
 * so that WeCom can repeat a callback that could not be stored. Spec: E6 (WeCom customer service).
 */
export async function recordCallback(
  tx: Tx,
  { connectorId, nonce, hint }: { connectorId: string; nonce: string; hint: WecomHint },
): Promise<boolean> {
  const inserted = await tx
    .insert(wecomCallbacks)
    .values({ connectorId, nonce, openKfId: '', syncToken: '', ...hint })
    .onConflictDoNothing()
    .returning({ id: wecomCallbacks.id })
  if (inserted.length === 0) return false
  await noteCallbackTime(tx, connectorId)
  const isAffected = 'chatId' in hint ? eq(robots.connection, 'wecom_group') : eq(robots.wechatUin, hint.openKfId)
  const found = await tx
    .select({ id: robots.id })
    .from(robots)
    .where(and(eq(robots.connectorId, connectorId), isAffected, isNull(robots.deletedAt)))
  for (const { id } of found) wakeRobotAfterCommit(tx, id)
  return true
}

/** Notes the time, and deletes old callbacks, at most every few seconds: a burst must not wait for one row of the company. */
async function noteCallbackTime(tx: Tx, connectorId: string): Promise<void> {
  const { callbackReceivedAt } = wecomCompanies
  const isLate = or(isNull(callbackReceivedAt), lt(callbackReceivedAt, sql`${now} - interval '10 seconds'`))
  const [due] = await tx
    .select({ connectorId: wecomCompanies.connectorId })
    .from(wecomCompanies)
    .where(and(eq(wecomCompanies.connectorId, connectorId), isLate))
    .for('update', { skipLocked: true })
  if (!due) return
  await tx.update(wecomCompanies).set({ callbackReceivedAt: now }).where(eq(wecomCompanies.connectorId, connectorId))
  const isOld = lt(wecomCallbacks.receivedAt, sql`${now} - ${keptFor}`)
  await tx.delete(wecomCallbacks).where(and(eq(wecomCallbacks.connectorId, connectorId), isOld))
}

/** Returns the latest callback for a robot's account after `afterId` whose token WeCom still takes. null: none. */
export async function readHint(
  db: Db,
  { robotId, openKfId, afterId }: { robotId: string; openKfId: string; afterId: number },
): Promise<{ id: number; syncToken: string } | null> {
  const [hint] = await db
    .select({ id: wecomCallbacks.id, syncToken: wecomCallbacks.syncToken })
    .from(wecomCallbacks)
    .innerJoin(robots, eq(robots.connectorId, wecomCallbacks.connectorId))
    .where(
      and(
        eq(robots.id, robotId),
        eq(wecomCallbacks.openKfId, openKfId),
        gt(wecomCallbacks.id, afterId),
        gt(wecomCallbacks.receivedAt, sql`${now} - ${syncTokenLife}`),
      ),
    )
    .orderBy(desc(wecomCallbacks.id))
    .limit(1)
  return hint ?? null
}
