import { type SQL, sql } from 'drizzle-orm'
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
  /** Name of the person who sent a received message; missing or "": not known. Ignored for a message that the robot sends. */
  senderName?: string
}

/** A conversation in the service itself ends by then, even if its end was not seen. */
const serviceHours = 48

/** Returns whether a message has a conversation: the account's chat with itself has none. */
export function hasConversation({ roomId, peerUsername }: Pick<StoredMessage, 'roomId' | 'peerUsername'>): boolean {
  return roomId !== null || (peerUsername !== null && !isOwnChat(peerUsername))
}

/** Like `touchConversations`, for one message. */
export function touchConversation(tx: Tx, message: StoredMessage): void {
  touchConversations(tx, [message])
}

/**
 * Right before the commit, updates or creates the conversations of messages that this transaction stored, oldest first, and announces the change to
 * open pages. A received message counts as unread, reopens a closed conversation for automatic replies, and returns one that has ended in the
 * service to the robot. Spec: F1 (conversation).
 */
export function touchConversations(tx: Tx, stored: readonly StoredMessage[]): void {
  const touched = stored.filter(hasConversation)
  const [first] = touched
  if (!first) return
  const { messageId, robotId, roomId, peerUsername } = first
  // Last, because a transaction that sends locks the robot first, and one that receives may lock it after its first message. The key begins
  // with the conversation: transactions with messages of several conversations lock these in the same order.
  const key = `conversation:${roomId ?? `${robotId}:${peerUsername}`}:${messageId}`
  beforeCommit(tx, key, async (last) => {
    const isPrivate = ({ roomId: room }: StoredMessage) => room === null
    await upsert(last, {
      messages: touched.filter(isPrivate),
      key: sql`(robot_id, peer_username) where room_id is null`,
    })
    await upsert(last, {
      messages: touched.filter((message) => !isPrivate(message)),
      key: sql`(room_id) where room_id is not null`,
    })
  })
}

/** Locks the rows of the conversations in the order of their keys. */
async function upsert(tx: Tx, { messages, key }: { messages: readonly StoredMessage[]; key: SQL }): Promise<void> {
  if (messages.length === 0) return
  await tx.execute(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(summarize(messages))}::jsonb)
        as given (id text, message_id text, name text, unread_count int)),
    touched as (
      insert into conversations as existing
          (id, robot_id, room_id, peer_username, name, unread_count, last_message_id, last_sequence, last_message_at)
        select given.id, robot_id, room_id, peer_username, given.name, given.unread_count, last.id, sequence, created_at
          from given join messages as last on last.id = given.message_id order by room_id, robot_id, peer_username
        on conflict ${key} do update set
          unread_count = existing.unread_count + excluded.unread_count,
          state = case when excluded.unread_count > 0 and existing.state = 'closed' then 'bot' else existing.state end,
          service_state = case when excluded.unread_count > 0 and (existing.service_state = 'ended'
              or existing.service_state_at < clock_timestamp() - make_interval(hours => ${serviceHours}))
            then null else existing.service_state end,
          -- Concurrent transactions may commit in another order than that of their messages.
          name = case when ${isNewer} and excluded.name <> '' then excluded.name else existing.name end,
          last_message_id = case when ${isNewer} then excluded.last_message_id else existing.last_message_id end,
          last_message_at = case when ${isNewer} then excluded.last_message_at else existing.last_message_at end,
          last_sequence = greatest(existing.last_sequence, excluded.last_sequence)
        returning id)
    select pg_notify(${changeChannel}, id) from touched`)
}

const isNewer = sql`excluded.last_sequence >= existing.last_sequence`

/** One row for each conversation: its last message, its latest name, and how many messages it received. */
function summarize(messages: readonly StoredMessage[]) {
  const rows = new Map<string, { id: string; message_id: string; name: string; unread_count: number }>()
  for (const { messageId, roomId, peerUsername, direction, senderName = '' } of messages) {
    const key = roomId ?? peerUsername ?? ''
    const before = rows.get(key) ?? { id: newId('conversation'), name: '', unread_count: 0 }
    const isReceived = direction === 'in'
    const name = isReceived && roomId === null && senderName !== '' ? senderName : before.name
    rows.set(key, { ...before, message_id: messageId, name, unread_count: before.unread_count + (isReceived ? 1 : 0) })
  }
  return [...rows.values()]
}
