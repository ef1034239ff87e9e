import { sql } from 'drizzle-orm'
import { isOwnChat } from '@/lib/connection/contact-ids'
import { beforeCommit } from '@/lib/db/before-commit'
import type { Tx } from '@/lib/db/client'
import { newId } from '@/lib/id'
import { changeChannel } from '@/lib/queue/reply'

export type StoredMessage = {
  messageId: string
  robotId: string
  roomId: string | null
  peerUsername: string | null
  direction: 'in' | 'out'
  /** Name of the person who wrote; "" or of our own message: not known. */
  senderName?: string
}

/** Returns whether a message has a conversation: the account's chat with itself has none. */
export function hasConversation({ roomId, peerUsername }: Pick<StoredMessage, 'roomId' | 'peerUsername'>): boolean {
  return roomId !== null || (peerUsername !== null && !isOwnChat(peerUsername))
}

/**
 * Updates the conversation of a message stored in this transaction, or creates it, right before the commit, and announces it. A received
 * message counts as unread and reopens a closed conversation for automatic replies. Spec: F1.
 */
export function touchConversation(tx: Tx, message: StoredMessage): void {
  if (!hasConversation(message)) return
  // Last, because a transaction that sends locks the robot first, and one that receives may lock it after its first message.
  beforeCommit(tx, `conversation:${message.messageId}`, (last) => upsertConversation(last, message))
}

/** Updates or creates the conversation of a stored message now, which locks its row. */
export async function upsertConversation(tx: Tx, message: StoredMessage): Promise<void> {
  const { messageId, roomId, direction, senderName = '' } = message
  const isReceived = direction === 'in'
  const name = isReceived && roomId === null ? senderName : ''
  const key =
    roomId === null ? sql`(robot_id, peer_username) where room_id is null` : sql`(room_id) where room_id is not null`
  await tx.execute(sql`
    with touched as (
      insert into conversations as existing
          (id, robot_id, room_id, peer_username, name, unread_count, last_message_id, last_sequence, last_message_at)
        select ${newId('conversation')}, robot_id, room_id, peer_username, ${name}, ${isReceived ? 1 : 0}, id, sequence, created_at
          from messages where id = ${messageId}
        on conflict ${key} do update set
          unread_count = existing.unread_count + excluded.unread_count,
          state = case when ${isReceived} and existing.state = 'closed' then 'bot' else existing.state end,
          -- Concurrent transactions may commit in another order than that of their messages.
          name = case when ${isNewer} and excluded.name <> '' then excluded.name else existing.name end,
          last_message_id = case when ${isNewer} then excluded.last_message_id else existing.last_message_id end,
          last_message_at = case when ${isNewer} then excluded.last_message_at else existing.last_message_at end,
          last_sequence = greatest(existing.last_sequence, excluded.last_sequence)
        returning id)
    select pg_notify(${changeChannel}, id) from touched`)
}

const isNewer = sql`excluded.last_sequence >= existing.last_sequence`
