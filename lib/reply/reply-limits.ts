import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import { replyDecisions, replyRules } from '@/lib/db/schema/reply'
import { robots } from '@/lib/db/schema/robot'
import type { Decision } from '@/lib/reply/open-decisions'
import type { ReplySettings } from '@/lib/reply/reply-settings'

type Where = Pick<Decision, 'robotId' | 'roomId' | 'peerUsername' | 'personName'>

/** Time in which an equal text of another robot shows that it is that robot's. */
const echoSeconds = 120

/** Stable within a statement, so that an index finds the rows after it. */
const ago = (seconds: number) => sql`statement_timestamp() - make_interval(secs => ${seconds})`
const hasReplied = eq(replyDecisions.outcome, 'replied')

/** Decisions about the same room, or the same person in private. */
function isSameConversation({ robotId, roomId, peerUsername }: Where) {
  return roomId === null
    ? and(
        eq(replyDecisions.robotId, robotId),
        isNull(replyDecisions.roomId),
        eq(replyDecisions.peerUsername, peerUsername!),
      )
    : eq(replyDecisions.roomId, roomId)
}

/**
 * Returns which cooldown forbids a reply now; null: none. A person got one within the person's cooldown, or a room its maximum within
 * the last minute. Spec: F3 (when nothing replies).
 */
export async function findCooldown(
  db: Db,
  decision: Where,
  {
    personCooldownSeconds,
    roomRepliesPerMinute,
  }: Pick<ReplySettings, 'personCooldownSeconds' | 'roomRepliesPerMinute'>,
): Promise<'person_cooldown' | 'room_limit' | null> {
  const isRecent = (seconds: number) =>
    and(isSameConversation(decision), hasReplied, gt(replyDecisions.decidedAt, ago(seconds)))
  if (decision.roomId !== null) {
    const count = await db.$count(replyDecisions, isRecent(60))
    if (count >= roomRepliesPerMinute) return 'room_limit'
  }
  if (personCooldownSeconds === 0) return null
  const isPerson = decision.roomId === null ? undefined : eq(replyDecisions.personName, decision.personName)
  const count = await db.$count(replyDecisions, and(isRecent(personCooldownSeconds), isPerson))
  return count > 0 ? 'person_cooldown' : null
}

/** Returns the rules that replied in this conversation within their own cooldown. */
export async function listCoolingDownRules(db: Db, decision: Where): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ ruleId: replyRules.id })
    .from(replyDecisions)
    .innerJoin(replyRules, eq(replyRules.id, replyDecisions.ruleId))
    .where(
      and(
        isSameConversation(decision),
        gt(replyRules.cooldownSeconds, 0),
        sql`${replyDecisions.decidedAt} > clock_timestamp() - make_interval(secs => ${replyRules.cooldownSeconds})`,
      ),
    )
  return new Set(rows.map(({ ruleId }) => ruleId))
}

/**
 * Returns whether another robot of the installation is the sender: by its account or its nickname, or by a text that it gave as an
 * automatic reply within two minutes. A person with a robot's nickname gets no automatic reply. Spec: F3 (when nothing replies).
 */
export async function isFromRobot(
  db: Db,
  { robotId, peerUsername, personName, text }: Where & { text: string | null },
): Promise<boolean> {
  const [other] = await db
    .select({ id: robots.id })
    .from(robots)
    .where(
      and(
        ne(robots.id, robotId),
        isNull(robots.deletedAt),
        sql`((${personName} <> '' and ${robots.nickname} = ${personName}) or ${robots.wechatUin} = ${peerUsername})`,
      ),
    )
    .limit(1)
  if (other) return true
  if (!text) return false
  const [echo] = await db
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        gt(messages.createdAt, ago(echoSeconds)),
        ne(messages.robotId, robotId),
        eq(messages.direction, 'out'),
        sql`${messages.replySource} in ('rule', 'callback', 'model')`,
        eq(messages.content, text),
      ),
    )
    .limit(1)
  return Boolean(echo)
}

/** Returns whether a private message is the first of its person to this robot. */
export async function isFirstContact(
  db: Db,
  { robotId, roomId, peerUsername, messageId }: Where & Pick<Decision, 'messageId'>,
): Promise<boolean> {
  if (roomId !== null || peerUsername === null || messageId === null) return false
  const isEarlier = and(
    eq(messages.robotId, robotId),
    eq(messages.peerUsername, peerUsername),
    eq(messages.direction, 'in'),
    ne(messages.id, messageId),
    sql`${messages.sequence} < (select sequence from messages where id = ${messageId})`,
  )
  const [earlier] = await db.select({ id: messages.id }).from(messages).where(isEarlier).limit(1)
  return !earlier
}
