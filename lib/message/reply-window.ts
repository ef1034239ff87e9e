import { sql } from 'drizzle-orm'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import type { Db } from '@/lib/db/client'
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
export async function readReplyWindow(db: Db, { peerUsername, ...robot }: Conversation): Promise<ReplyWindow | null> {
  const [window = null] = await readReplyWindows(db, { ...robot, peerUsernames: [peerUsername] })
  return window
}

/** Returns the reply windows of people, in their order, as `readReplyWindow` does for one. */
export async function readReplyWindows(
  db: Db,
  { robotId, connection, peerUsernames }: Omit<Conversation, 'peerUsername'> & { peerUsernames: readonly string[] },
): Promise<(ReplyWindow | null)[]> {
  const window = capabilitiesOf[connection].replyWindow
  if (!window) return peerUsernames.map(() => null)
  const isPrivate = sql`robot_id = ${robotId} and room_id is null and peer_username = person.username`
  const rows = await db.execute<{ closesAtMs: number | null; isOver: boolean; sentCount: number }>(sql`
    select (extract(epoch from closes_at) * 1000)::float8 as "closesAtMs",
        coalesce(closes_at <= clock_timestamp(), false) as "isOver", sent.count as "sentCount"
      from unnest(${sql.param([...peerUsernames])}::text[]) with ordinality as person (username, position)
      left join lateral (
        select sequence, created_at + make_interval(hours => ${window.hours}) as closes_at from messages
          where ${isPrivate} and direction = 'in' order by sequence desc limit 1) as last on true
      left join lateral (
        select coalesce(sum(part_count), 0)::int as count from messages
          where ${isPrivate} and sequence > last.sequence and state in ('sent', 'unknown')) as sent on true
      order by position`)
  return rows.map(({ closesAtMs, isOver, sentCount }) => {
    if (closesAtMs === null) return { ...window, closesAt: null, isOver: false, leftCount: 0 }
    return { ...window, closesAt: new Date(closesAtMs), isOver, leftCount: Math.max(0, window.count - sentCount) }
  })
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
