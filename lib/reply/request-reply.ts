import { sql } from 'drizzle-orm'
import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Tx } from '@/lib/db/client'
import { newId } from '@/lib/id'

export type ReplyEvent = {
  /** Unique per robot: the message's id, or `join:` and WeChat's id of the line about it. */
  eventKey: string
  messageId: string | null
  roomId: string | null
  /** null: in a room. */
  peerUsername: string | null
  personName: string
  /** The event whose response may contain a reply; null: none was recorded. */
  callbackEventId: string | null
}

/**
 * Records that it has to be decided whether a robot replies to these events, if its application replies automatically. Call it in the
 * transaction that stores the events: a repeat of an event changes nothing. Spec: F3 (when nothing replies).
 */
export async function requestReplies(
  tx: Tx,
  { robotId, events }: { robotId: string; events: readonly ReplyEvent[] },
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => ({ id: newId('decision'), ...event }))
  // One statement, because it runs for every batch of every application.
  const recorded = await tx.execute(sql`
    insert into reply_decisions
        (id, robot_id, event_key, message_id, room_id, peer_username, person_name, callback_event_id)
      select event.id, robot.id, "eventKey", "messageId", "roomId", "peerUsername", "personName", "callbackEventId"
        from robots as robot
          join applications as application on application.id = robot.application_id and application.disabled_at is null
          join reply_settings as settings on settings.application_id = application.id,
          rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (id text, "eventKey" text, "messageId" text,
            "roomId" text, "peerUsername" text, "personName" text, "callbackEventId" text)) with ordinality as event
        where robot.id = ${robotId}
          and (settings.uses_rules or settings.uses_callback or settings.uses_model or settings.uses_handover)
          and (settings.robot_ids is null or robot.id = any (settings.robot_ids))
          and (settings.qun_ids is null or event."roomId" is null or exists (
            select from quns as qun where qun.room_id = event."roomId" and qun.id = any (settings.qun_ids)))
        order by event.ordinality
      on conflict do nothing
      returning 1`)
  if (recorded.length > 0) wakeRobotAfterCommit(tx, robotId)
}
