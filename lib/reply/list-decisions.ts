import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import { replyDecisions, replyRules } from '@/lib/db/schema/reply'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { type ReplyOutcome, replyOutcomes } from '@/lib/db/types'

export type DecisionFilters = {
  robotId?: string | undefined
  ruleId?: string | undefined
  outcome?: ReplyOutcome | undefined
}

type Query = DecisionFilters & { applicationId: string; beforeSequence?: number | undefined; limit: number }

/** UTF-16 units of a received text and of a reply. */
const excerptLength = 120

const received = alias(messages, 'received')
const sent = alias(messages, 'sent')

function selectDecisions(db: Db) {
  return db
    .select({
      id: replyDecisions.id,
      sequence: replyDecisions.sequence,
      robotId: replyDecisions.robotId,
      robotNickname: robots.nickname,
      robotUsername: robots.username,
      roomId: replyDecisions.roomId,
      roomName: rooms.name,
      peerUsername: replyDecisions.peerUsername,
      personName: replyDecisions.personName,
      /** null: a person joined. */
      messageId: replyDecisions.messageId,
      messageType: received.type,
      messageExcerpt: sql<string | null>`left(${received.content}, ${excerptLength})`,
      outcome: replyDecisions.outcome,
      silence: replyDecisions.silence,
      source: replyDecisions.source,
      ruleId: replyDecisions.ruleId,
      ruleName: replyRules.name,
      failure: replyDecisions.failure,
      /** null: nothing was sent, or retention has deleted it. */
      replyId: sent.id,
      replyType: sent.type,
      replyExcerpt: sql<string | null>`left(${sent.content}, ${excerptLength})`,
      replyReason: sent.replyReason,
      createdAt: replyDecisions.createdAt,
      decidedAt: replyDecisions.decidedAt,
    })
    .from(replyDecisions)
    .innerJoin(robots, eq(robots.id, replyDecisions.robotId))
    .leftJoin(rooms, eq(rooms.id, replyDecisions.roomId))
    .leftJoin(replyRules, eq(replyRules.id, replyDecisions.ruleId))
    .leftJoin(received, eq(received.id, replyDecisions.messageId))
    .leftJoin(
      sent,
      and(eq(sent.robotId, replyDecisions.robotId), sql`${sent.idempotencyKey} = 'reply:' || ${replyDecisions.id}`),
    )
    .$dynamic()
}

export type DecisionRow = Awaited<ReturnType<typeof selectDecisions>>[number]

/**
 * Lists what an application's automatic replies decided, latest event first: what replied, or why nothing did. `nextCursor` is the
 * `beforeSequence` of the next page; null: the last one. Spec: F3 (when nothing replies).
 */
export async function listDecisions(
  db: Db,
  { limit, ...query }: Query,
): Promise<{ rows: DecisionRow[]; nextCursor: number | null }> {
  const page = { ...query, limit: limit + 1 }
  const isOnPage = sql`${replyDecisions.id} in (${query.ruleId ? latestOfRule(page, query.ruleId) : latestOfRobots(page)})`
  const found = await selectDecisions(db).where(isOnPage).orderBy(desc(replyDecisions.sequence))
  const rows = found.slice(0, limit)
  return { rows, nextCursor: found.length > limit ? (rows.at(-1)?.sequence ?? null) : null }
}

/** Reads the first rows of each robot and outcome by their index, so that a quiet application does not read those of the others. */
function latestOfRobots({ applicationId, robotId, outcome, beforeSequence, limit }: Query): SQL {
  const outcomes = outcome ? [outcome] : [...replyOutcomes]
  return sql`select entry.id from robots as robot
    cross join unnest(${sql.param(outcomes)}::text[]) as listed(outcome)
    cross join lateral (select id, sequence from reply_decisions as decision
      where decision.robot_id = robot.id and decision.outcome = listed.outcome ${before(beforeSequence)}
      order by decision.sequence desc limit ${limit}) as entry
    where robot.application_id = ${applicationId} and robot.deleted_at is null ${isRobot(robotId)}
    order by entry.sequence desc limit ${limit}`
}

function latestOfRule({ applicationId, robotId, outcome, beforeSequence, limit }: Query, ruleId: string): SQL {
  return sql`select decision.id from reply_decisions as decision
    join robots as robot on robot.id = decision.robot_id and robot.deleted_at is null
    where decision.rule_id = ${ruleId} and robot.application_id = ${applicationId} ${isRobot(robotId)}
      and ${outcome ? sql`decision.outcome = ${outcome}` : sql`decision.outcome is not null`} ${before(beforeSequence)}
    order by decision.sequence desc limit ${limit}`
}

function before(sequence: number | undefined): SQL {
  return sequence === undefined ? sql`` : sql`and decision.sequence < ${sequence}`
}

function isRobot(robotId: string | undefined): SQL {
  return robotId === undefined ? sql`` : sql`and robot.id = ${robotId}`
}
