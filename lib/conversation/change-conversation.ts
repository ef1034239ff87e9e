import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Db, Tx } from '@/lib/db/client'
import { conversationEntries, conversations } from '@/lib/db/schema/conversation'
import { operators } from '@/lib/db/schema/operator'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import type { ConversationEntryDetail, HandoverReason } from '@/lib/db/types'
import { recordEvent } from '@/lib/callback/event/record-event'
import { isInService } from '@/lib/conversation/find-conversation'
import { AppError } from '@/lib/errors'
import { announceChange } from '@/lib/queue/reply'

type Target = { conversationId: string }
/** `operatorId`: who changes it; null: the API or the robot. */
type Change = Target & { operatorId: string | null }
type Changes = Partial<typeof conversations.$inferInsert>
type Row = typeof conversations.$inferSelect & { roomName: string | null; handsOverInService: boolean }

/**
 * Requests a person for a conversation, which silences automatic replies in it. Returns false, and changes nothing, if a person
 * has been requested or has taken it already. Spec: F4 (handover).
 */
export async function requestHandover(
  tx: Tx,
  { id: conversationId }: { id: string },
  reason: HandoverReason,
  { operatorId = null }: { operatorId?: string | null } = {},
): Promise<boolean> {
  const row = await lockConversation(tx, conversationId)
  if (row.state === 'waiting' || row.state === 'assigned') return false
  // Who has taken it in the service is not requested there.
  const isDueInService = row.handsOverInService && reason.source !== 'service'
  await write(tx, { conversationId, operatorId }, 'handover_requested', reason, {
    state: 'waiting',
    waitingSince: sql`clock_timestamp()` as never,
    handoverReason: reason,
    serviceRefusal: null,
    serviceEndAt: null,
    ...(isDueInService && { serviceHandoverAt: sql`clock_timestamp()` as never }),
  })
  if (isDueInService) wakeRobotAfterCommit(tx, row.robotId)
  const { source, text = '' } = reason
  await recordEvent(tx, {
    type: 'handover_requested',
    ...about(row),
    data: { ...dataOf(row), source, reason: text },
  })
  return true
}

/**
 * Assigns a conversation to an operator; repeating it changes nothing, and with `isTakenKept` neither does an assignment of what a
 * colleague has. @throws NOT_FOUND
 */
export async function assignConversation(
  tx: Tx,
  {
    conversationId,
    operatorId,
    assigneeId,
    isTakenKept = false,
  }: Change & { assigneeId: string; isTakenKept?: boolean },
): Promise<void> {
  const row = await lockConversation(tx, conversationId)
  if (row.state === 'assigned' && (isTakenKept || row.assigneeId === assigneeId)) return
  await write(
    tx,
    { conversationId, operatorId },
    'assigned',
    { assigneeId },
    {
      state: 'assigned',
      assigneeId,
      waitingSince: null,
      serviceHandoverAt: null,
      serviceRefusal: null,
    },
  )
  await recordEvent(tx, {
    type: 'conversation_assigned',
    ...about(row),
    data: { ...dataOf(row), operator: await emailOf(tx, assigneeId) },
  })
}

/** Returns an assigned conversation to those that wait for a person; of any other state it changes nothing. @throws NOT_FOUND */
export async function releaseConversation(tx: Tx, change: Change): Promise<void> {
  const row = await lockConversation(tx, change.conversationId)
  if (row.state !== 'assigned') return
  await write(
    tx,
    change,
    'released',
    {},
    {
      state: 'waiting',
      assigneeId: null,
      waitingSince: sql`clock_timestamp()` as never,
    },
  )
  await recordEvent(tx, { type: 'conversation_assigned', ...about(row), data: { ...dataOf(row), operator: '' } })
}

/**
 * Closes a conversation: the next message of the person starts with automatic replies again. Its end is requested in the service as well,
 * if an employee or the queue has it there. @throws NOT_FOUND
 */
export async function resolveConversation(tx: Tx, change: Change): Promise<void> {
  const row = await lockConversation(tx, change.conversationId)
  if (row.state === 'closed') return
  const isEndDue = isInService(row)
  if (isEndDue) wakeRobotAfterCommit(tx, row.robotId)
  await write(
    tx,
    change,
    'resolved',
    {},
    {
      state: 'closed',
      ...(isEndDue && { serviceEndAt: sql`clock_timestamp()` as never }),
      assigneeId: null,
      waitingSince: null,
      serviceHandoverAt: null,
      serviceRefusal: null,
      unreadCount: 0,
    },
  )
  const operator = change.operatorId === null ? '' : await emailOf(tx, change.operatorId)
  await recordEvent(tx, { type: 'conversation_resolved', ...about(row), data: { ...dataOf(row), operator } })
}

/** Reopens a closed conversation for the operator who asks; without one it waits for a person. @throws NOT_FOUND */
export async function reopenConversation(tx: Tx, change: Change): Promise<void> {
  const { state } = await lockConversation(tx, change.conversationId)
  if (state !== 'closed') return
  const { operatorId } = change
  const reopened = { serviceEndAt: null }
  await write(
    tx,
    change,
    'reopened',
    {},
    operatorId === null
      ? { ...reopened, state: 'waiting', waitingSince: sql`clock_timestamp()` as never }
      : { ...reopened, state: 'assigned', assigneeId: operatorId },
  )
}

/** Marks a conversation as read for all operators. */
export async function markConversationRead(db: Db, { conversationId }: Target): Promise<void> {
  const changed = await db
    .update(conversations)
    .set({ unreadCount: 0 })
    .where(and(eq(conversations.id, conversationId), ne(conversations.unreadCount, 0)))
    .returning({ id: conversations.id })
  if (changed.length > 0) await announceChange(db, conversationId)
}

/** Adds a note that only operators see. @throws NOT_FOUND */
export async function addNote(tx: Tx, { conversationId, operatorId, text }: Change & { text: string }): Promise<void> {
  await lockConversation(tx, conversationId)
  await tx.insert(conversationEntries).values({ conversationId, operatorId, kind: 'note', text })
  await announceChange(tx, conversationId)
}

async function lockConversation(tx: Tx, conversationId: string): Promise<Row> {
  const [row] = await tx
    .select({ conversation: conversations, roomName: rooms.name, handsOverInService: robots.handsOverInService })
    .from(conversations)
    .innerJoin(robots, and(eq(robots.id, conversations.robotId), isNull(robots.deletedAt)))
    .leftJoin(rooms, eq(rooms.id, conversations.roomId))
    .where(eq(conversations.id, conversationId))
    .for('no key update', { of: conversations })
  if (!row) throw new AppError('NOT_FOUND', { reason: 'conversation_not_found' })
  const { conversation, roomName, handsOverInService } = row
  return { ...conversation, roomName, handsOverInService: handsOverInService && conversation.roomId === null }
}

async function write(
  tx: Tx,
  { conversationId, operatorId }: Change,
  kind: (typeof conversationEntries.$inferInsert)['kind'],
  detail: ConversationEntryDetail,
  changes: Changes,
): Promise<void> {
  await tx.update(conversations).set(changes).where(eq(conversations.id, conversationId))
  await tx.insert(conversationEntries).values({ conversationId, operatorId, kind, detail })
  await announceChange(tx, conversationId)
}

const about = ({ robotId, roomId }: Row) => ({ robotId, roomId })

function dataOf({ id, roomId, peerUsername, name, roomName }: Row) {
  const to = { room_id: roomId ?? '', to_user: roomId ?? peerUsername ?? '' }
  return { conversation_id: id, ...to, nickname: roomName ?? name }
}

async function emailOf(tx: Tx, operatorId: string): Promise<string> {
  const [operator] = await tx.select({ email: operators.email }).from(operators).where(eq(operators.id, operatorId))
  return operator?.email ?? ''
}
