import { z } from 'zod'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import {
  type ConversationRow,
  conversationViews,
  countWaiting,
  getConversationOrThrow,
  listConversations,
} from '@/lib/conversation/list-conversations'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { readReplyWindow } from '@/lib/message/reply-window'
import { pageSize } from '@/lib/paging'
import { getLiveSession } from '@/lib/session/get-session'

export type ConversationView = Omit<
  ConversationRow,
  'connection' | 'roomGoneAt' | 'lastMessageAt' | 'waitingSince' | 'createdAt' | 'lastSequence'
> & {
  /** Name of the room or person; "": not known. */
  title: string
  lastMessageAt: string
  waitingSince: string | null
}

export type ConversationDetail = ConversationView & {
  /** Whether it is assigned to the operator who reads it. */
  isMine: boolean
  isOnline: boolean
  isGone: boolean
  canSendImages: boolean
  canSendFiles: boolean
  replyWindow: { hours: number; count: number; closesAt: string | null; leftCount: number } | null
}

const id = z.string().max(64).optional()

export const conversationListQuery = z.object({
  view: z.enum(conversationViews).default('open'),
  robot: id,
  application: id,
  q: z
    .string()
    .max(100)
    .transform((text) => text.trim() || undefined)
    .optional(),
  cursor: z.string().max(100).optional(),
})

/** Returns a page of conversations; `nextCursor` null: the last one. */
export async function readConversations(
  { db, operator }: ViewContext,
  query: z.output<typeof conversationListQuery>,
): Promise<{ rows: ConversationView[]; nextCursor: string | null }> {
  const { view, robot: robotId, application: applicationId, q: search, cursor } = query
  const filters = { view, operatorId: operator.id, robotId, applicationId, search }
  const { rows, nextCursor } = await listConversations(db, { ...filters, cursor, limit: pageSize })
  return { rows: rows.map(viewConversation), nextCursor }
}

/** Returns a conversation with what a reply needs: session, capabilities, reply window. @throws NOT_FOUND */
export async function readConversation(
  { db, operator }: ViewContext,
  conversationId: string,
): Promise<ConversationDetail> {
  const row = await getConversationOrThrow(db, { conversationId })
  const { robotId, connection, peerUsername } = row
  const session = await getLiveSession(db, { robotId })
  const window =
    row.roomId === null && peerUsername ? await readReplyWindow(db, { robotId, connection, peerUsername }) : null
  return {
    ...viewConversation(row),
    isMine: row.assigneeId === operator.id,
    isOnline: session?.state === 'online' || session?.state === 'reconnecting',
    isGone: row.roomGoneAt !== null,
    canSendImages: capabilitiesOf[connection].image,
    canSendFiles: capabilitiesOf[connection].file,
    replyWindow: window && {
      hours: window.hours,
      count: window.count,
      closesAt: window.closesAt?.toISOString() ?? null,
      leftCount: window.leftCount,
    },
  }
}

const maxWaitingCount = 100

/** Counts up to 100 conversations that wait for a person. */
export async function readWaiting({ db }: ViewContext): Promise<{ count: number }> {
  return { count: await countWaiting(db, { max: maxWaitingCount }) }
}

function viewConversation({
  connection: _connection,
  roomGoneAt: _goneAt,
  lastSequence: _sequence,
  createdAt: _createdAt,
  ...row
}: ConversationRow): ConversationView {
  return {
    ...row,
    title: row.roomName ?? row.name,
    lastMessageAt: row.lastMessageAt.toISOString(),
    waitingSince: row.waitingSince?.toISOString() ?? null,
  }
}
