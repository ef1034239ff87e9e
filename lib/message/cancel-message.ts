import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../db/client'
import { messages } from '../db/schema/message'
import { sessions } from '../db/schema/session'
import type { ErrorCode } from '../errors'
import { announceReply } from '../queue/reply'

/** Why a message was taken back unsent. */
export type Cancelled = { code: ErrorCode; message: string }

/**
 * Takes a message back that is not being sent, by compare-and-set; null when it is, or has ended (G1).
 * With `isOverdue` only past its deadline. Its row keeps the reason, which a repeat of the request is told too.
 */
export async function cancelQueuedMessage(
  db: Db,
  { messageId, isOverdue = false }: { messageId: string; isOverdue?: boolean },
): Promise<Cancelled | null> {
  const [cancelled] = await db.transaction((tx) =>
    cancel(tx, and(eq(messages.id, messageId), isOverdue ? pastDeadline : undefined)),
  )
  return cancelled ?? null
}

/** Takes back every waiting message past its deadline, of one robot or of all. */
export async function cancelOverdueMessages(tx: Tx, { robotId }: { robotId?: string } = {}): Promise<void> {
  await cancel(tx, and(pastDeadline, robotId ? eq(messages.robotId, robotId) : undefined))
}

const pastDeadline = sql`${messages.deadlineAt} < clock_timestamp()`

/** WeChat was out of reach when a try has shown so, or when the robot is trying to get it back (A5). */
const isOutOfReach = sql`(${messages.errorCode} = 'WECHAT_UNREACHABLE' or exists
  (select 1 from ${sessions} where ${sessions.robotId} = ${messages.robotId} and ${sessions.state} = 'reconnecting'))`

/** WeChat refused it with 1205 the last time it was tried. */
const isTooOften = sql`(${messages.errorCode} = 'WECHAT_TOO_OFTEN')`

async function cancel(tx: Tx, which: SQL | undefined): Promise<Cancelled[]> {
  const rows = await tx
    .update(messages)
    .set({
      state: 'cancelled',
      errorCode: sql`case when ${isOutOfReach} then 'WECHAT_UNREACHABLE' when ${isTooOften} then 'WECHAT_TOO_OFTEN'
        else 'COMMAND_TIMEOUT' end`,
      errorMessage: sql`case when ${isOutOfReach} then '连不上微信，等待超时，未发送'
        when ${isTooOften} then '操作太频繁，微信暂时拒绝，等待超时，未发送' else '等待超时，未发送' end`,
      finishedAt: sql`clock_timestamp()`,
    })
    .where(and(which, inArray(messages.state, ['queued'])))
    .returning({ id: messages.id, code: messages.errorCode, message: messages.errorMessage })
  for (const { id } of rows) await announceReply(tx, id)
  return rows.map(({ code, message }) => ({ code: code as ErrorCode, message: message ?? '' }))
}
