import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import type { Db } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import type { RobotConnection } from '@/lib/db/types'
import { type Sentence, sentenceOf } from '@/lib/sentence'

type Conversation = { robotId: string; connection: RobotConnection; peerUsername: string }

export type ReplyWindow = {
  hours: number
  count: number
  /** When it closes; null: the person has not written yet. */
  closesAt: Date | null
  isOver: boolean
  /** Messages that can still be sent. */
  leftCount: number
}

/**
 * Returns the reply window of a person, null if their connection has none. Sent messages and those of unknown outcome count,
 * refused ones do not. Spec: E5 (iLink).
 */
export async function readReplyWindow(
  db: Db,
  { robotId, connection, peerUsername }: Conversation,
): Promise<ReplyWindow | null> {
  const window = capabilitiesOf[connection].replyWindow
  if (!window) return null
  const isPrivate = and(eq(messages.robotId, robotId), isNull(messages.roomId), eq(messages.peerUsername, peerUsername))
  const closesAt = sql`${messages.createdAt} + make_interval(hours => ${window.hours})`
  const [last] = await db
    .select({
      sequence: messages.sequence,
      closesAt: closesAt.mapWith(messages.createdAt),
      isOver: sql<boolean>`${closesAt} <= clock_timestamp()`,
    })
    .from(messages)
    .where(and(isPrivate, eq(messages.direction, 'in')))
    .orderBy(desc(messages.sequence))
    .limit(1)
  if (!last) return { ...window, closesAt: null, isOver: false, leftCount: 0 }
  const [sent] = await db
    .select({ count: sql<number>`coalesce(sum(${messages.partCount}), 0)::int` })
    .from(messages)
    .where(and(isPrivate, gt(messages.sequence, last.sequence), inArray(messages.state, ['sent', 'unknown'])))
  const leftCount = Math.max(0, window.count - sent!.count)
  return { ...window, closesAt: last.closesAt, isOver: last.isOver, leftCount }
}

/**
 * Returns why a send of this many messages to a person is not allowed now, null if it is.
 * Spec: E5 (iLink), E6 (WeCom customer service).
 */
export async function findWindowProblem(
  db: Db,
  { partCount, ...conversation }: Conversation & { partCount: number },
): Promise<Sentence | null> {
  const window = await readReplyWindow(db, conversation)
  if (!window) return null
  const { hours, count, closesAt, isOver, leftCount } = window
  if (!closesAt) return sentenceOf('window_none')
  if (isOver) return sentenceOf('window_hours', { hours })
  if (leftCount >= partCount) return null
  return leftCount === 0
    ? sentenceOf('window_count', { count })
    : sentenceOf('window_parts', { needed: partCount, left: leftCount })
}
