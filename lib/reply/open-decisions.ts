import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { replyDecisions } from '@/lib/db/schema/reply'
import type { DecisionSource, ReplyOutcome, SilenceReason } from '@/lib/db/types'

export type Decision = typeof replyDecisions.$inferSelect

const isOpen = ne(replyDecisions.state, 'done')

/**
 * Lists open decisions of a robot: first those that are due, in the order of arrival, of which those that wait for the model come last.
 * `inMs`: until it is due; 0 or less: now.
 */
export async function listOpenDecisions(db: Db, { robotId, limit }: { robotId: string; limit: number }) {
  const { id, state, dueAt, sequence } = replyDecisions
  const inMs = sql<number>`(extract(epoch from ${dueAt} - clock_timestamp()) * 1000)::float8`
  return db
    .select({ id, state, inMs })
    .from(replyDecisions)
    .where(and(eq(replyDecisions.robotId, robotId), isOpen))
    .orderBy(sql`${dueAt} > clock_timestamp()`, sql`${state} = 'model'`, asc(sequence))
    .limit(limit)
}

/** Lists robots with a decision that is overdue, because its wake was lost (G5) or its owner is gone. */
export async function listRobotsWithDecisions(db: Db): Promise<string[]> {
  const rows = await db
    .selectDistinct({ robotId: replyDecisions.robotId })
    .from(replyDecisions)
    .where(and(isOpen, sql`${replyDecisions.dueAt} < clock_timestamp() - interval '2 seconds'`))
    .limit(500)
  return rows.map(({ robotId }) => robotId)
}

/** Returns a decision locked until the transaction ends, with whether it is too old for a reply; null: it is done. */
export async function lockDecision(
  tx: Tx,
  { decisionId, maxAgeSeconds }: { decisionId: string; maxAgeSeconds: number },
) {
  const [row] = await tx
    .select({
      decision: replyDecisions,
      ageSeconds: sql<number>`extract(epoch from clock_timestamp() - ${replyDecisions.createdAt})::float8`,
    })
    .from(replyDecisions)
    .where(and(eq(replyDecisions.id, decisionId), isOpen))
    .for('update')
  return row ? { ...row.decision, ageSeconds: row.ageSeconds, isTooOld: row.ageSeconds > maxAgeSeconds } : null
}

/** Moves a decision to its next state, in which it is looked at again after `inSeconds`. */
export async function deferDecision(
  tx: Tx,
  { decisionId, state, inSeconds }: { decisionId: string; state: 'callback' | 'model'; inSeconds: number },
): Promise<void> {
  const dueAt = sql`clock_timestamp() + make_interval(secs => ${inSeconds})`
  await tx.update(replyDecisions).set({ state, dueAt }).where(eq(replyDecisions.id, decisionId))
}

export type DecisionEnd = { ruleId?: string | null; failure?: string } & (
  { outcome: Exclude<ReplyOutcome, 'silent'>; source: DecisionSource } | { outcome: 'silent'; silence: SilenceReason }
)

/** Ends a decision in the transaction that stores the reply. */
export async function endDecision(tx: Tx, { decisionId, ...end }: DecisionEnd & { decisionId: string }): Promise<void> {
  await tx
    .update(replyDecisions)
    .set({ state: 'done', ...end, decidedAt: sql`clock_timestamp()` })
    .where(eq(replyDecisions.id, decisionId))
}

/** Deletes one batch of old decisions; returns how many. Those of messages are deleted with their messages. */
export async function deleteOldDecisions(
  db: Db,
  { olderThanDays, batchSize }: { olderThanDays: number; batchSize: number },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from reply_decisions where id in (
      select id from reply_decisions where created_at < statement_timestamp() - make_interval(days => ${olderThanDays})
        order by created_at limit ${batchSize} for update skip locked)
      returning 1`)
  return rows.length
}
