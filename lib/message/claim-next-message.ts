import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import type { RobotConnection } from '@/lib/db/types'
import { changeChannel, replyChannel } from '@/lib/queue/reply'
import type { SendPace } from '@/lib/robot/send-pace'

/** What the owner needs to send one message; `to` null: WeChat has not listed the room in this login. */
export type Send = {
  robotId: string
  messageId: string
  roomId: string | null
  to: string | null
  type: 'text' | 'image' | 'other'
  content: string
  /** W3C `traceparent` of the request that accepted it; null: not traced. */
  traceParent: string | null
  acceptedAtMs: number
  /** Its deadline has passed: it must be cancelled. */
  isOverdue: boolean
  connection: RobotConnection
  pace: SendPace
  /** Milliseconds until sends may resume after a 1205; 0 or less: now; null: the last send was not refused. */
  cooldownMs: number | null
}

type Row = Omit<Send, 'robotId' | 'pace'> & SendPace

/** SQL: the oldest queued message of a robot with what its owner needs to send it, no row or one. */
function nextMessage(robotId: string): SQL {
  // The state is not a parameter: the index of waiting messages serves a prepared statement only with the constant.
  return sql`
    select message.id as "messageId", message.room_id as "roomId", coalesce(message.peer_username, room.username) as "to",
        message.type, message.content, message.trace_parent as "traceParent",
        (extract(epoch from message.created_at) * 1000)::float8 as "acceptedAtMs", coalesce(message.deadline_at < clock_timestamp(), false) as "isOverdue",
        robot.connection, robot.send_rate_per_minute as "ratePerMinute", robot.send_jitter_percent as "jitterPercent",
        (extract(epoch from clock_timestamp() - robot.last_send_at) * 1000)::float8 as "sinceLastSendMs",
        (extract(epoch from cooldown.until - clock_timestamp()) * 1000)::float8 as "cooldownMs"
      from messages as message join robots as robot on robot.id = message.robot_id
        left join rooms as room on room.id = message.room_id
        left join cooldowns as cooldown on cooldown.robot_id = message.robot_id and cooldown.operation = 'send'
      where message.robot_id = ${robotId} and message.state = 'queued' order by message.sequence limit 1`
}

function toSend(robotId: string, row: Row | null | undefined): Send | null {
  if (!row) return null
  const { ratePerMinute, jitterPercent, sinceLastSendMs, ...send } = row
  return { ...send, robotId, pace: { ratePerMinute, jitterPercent, sinceLastSendMs } }
}

/** Returns the oldest queued message without claiming it. Only for the owner. */
export async function peekNextMessage(db: Db, { robotId }: { robotId: string }): Promise<Send | null> {
  const [next] = await db.execute<Row>(nextMessage(robotId))
  return toSend(robotId, next)
}

/**
 * Records that WeChat accepted the message that was being sent, notifies the waiting request and peeks at the next message, in one
 * statement. `isSubscribed`: the caller has to record the event of the sent message. null: `lease` has no row.
 */
export async function settleSentMessage(
  tx: Tx,
  { robotId, messageId }: Claimed,
  { wechatId, lease }: { wechatId: string | null; lease: SQL },
): Promise<{ isSubscribed: boolean; next: Send | null } | null> {
  const [row] = await tx.execute<{ isOwner: boolean; isSubscribed: boolean; next: Row | null }>(sql`
    with lease as materialized (${lease}),
    settled as (
      update messages set state = 'sent', wechat_id = ${wechatId}, error_code = null, finished_at = clock_timestamp()
        where exists (select from lease) and id = ${messageId} and state = 'sending'
        returning id, pg_notify(${replyChannel}, id))
    select exists (select from lease) as "isOwner", exists (
        select from robots as robot join applications as application on application.id = robot.application_id
          where robot.id = ${robotId} and application.disabled_at is null and (
            (application.callback_url is not null and 'message_sent' = any (application.event_types))
            or exists (select from application_endpoints as endpoint
              where endpoint.application_id = application.id and 'message_sent' = any (endpoint.event_types)))) as "isSubscribed",
        (select to_jsonb(next) from (${nextMessage(robotId)}) as next) as next`)
  return row?.isOwner ? { isSubscribed: row.isSubscribed, next: toSend(robotId, row.next) } : null
}

type Claimed = Pick<Send, 'robotId' | 'messageId'>

/**
 * Marks a message `sending`, which must be committed before its first byte leaves (G1), in one statement; false: it is no longer
 * queued or its deadline has passed; null: `lease` has no row. Without `lease` the caller's transaction holds it. The send pace
 * counts from here. Only for the owner.
 */
export async function claimMessage(db: Db, send: Claimed): Promise<boolean>
export async function claimMessage(db: Db, send: Claimed, lease: SQL): Promise<boolean | null>
export async function claimMessage(
  db: Db,
  { robotId, messageId }: Claimed,
  lease: SQL = sql`select true`,
): Promise<boolean | null> {
  const isQueued = sql`id = ${messageId} and state = 'queued' and deadline_at >= clock_timestamp()`
  // The robot's row first, as in every transaction: the second update waits for the count of the first.
  const [result] = await db.execute<{ isOwner: boolean; isClaimed: boolean }>(sql`
    with lease as materialized (${lease}),
    paced as (
      update robots set last_send_at = clock_timestamp()
        where id = ${robotId} and send_rate_per_minute > 0 and exists (select from lease)
          and exists (select from messages where ${isQueued})
        returning id),
    claimed as (
      update messages set state = 'sending'
        where exists (select from lease) and (select count(*) from paced) >= 0 and ${isQueued}
        returning id, pg_notify(${changeChannel}, id))
    select exists (select from lease) as "isOwner", exists (select from claimed) as "isClaimed"`)
  return result?.isOwner ? result.isClaimed : null
}
