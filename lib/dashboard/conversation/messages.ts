import { z } from 'zod'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import {
  type ConversationEntry,
  listConversationMessages,
  listEntries,
} from '@/lib/conversation/list-conversation-messages'
import { type MessageView, viewMessage } from '@/lib/dashboard/message/list'
import type { ViewContext } from '@/lib/dashboard/view-context'
import type { SilenceReason } from '@/lib/db/types'
import { listQueuePositions } from '@/lib/message/send-queue'
import { namesOfOperators } from '@/lib/operator/list-operators'
import { pageSize } from '@/lib/paging'
import { listSilences } from '@/lib/reply/list-silences'

/**
 * `operatorEmail`: of the operator who replied; null: another, or removed. `silence`: why nothing replied automatically to a received
 * message; null: something did, or the application does not reply automatically.
 */
export type BubbleView = MessageView & { operatorEmail: string | null; silence: SilenceReason | null }
export type EntryView = Omit<ConversationEntry, 'createdAt' | 'operatorId'> & {
  assigneeEmail: string | null
  createdAt: string
}

export const conversationMessagesQuery = z.object({
  /** Returns only messages with a lower sequence: the next older page. */
  before: z.coerce.number().int().positive().optional(),
})

/**
 * Returns a page of a conversation, newest message first, with the notes and changes of that time, oldest first. `nextBefore` null: the
 * last page. @throws NOT_FOUND
 */
export async function readConversationMessages(
  { db, env }: ViewContext,
  conversationId: string,
  { before: beforeSequence }: z.output<typeof conversationMessagesQuery>,
): Promise<{ messages: BubbleView[]; entries: EntryView[]; nextBefore: number | null }> {
  const conversation = await getConversationOrThrow(db, { conversationId })
  const all = await listConversationMessages(db, conversation, { beforeSequence, limit: pageSize + 1 })
  const rows = all.slice(0, pageSize)
  const isLast = all.length <= pageSize
  const times = {
    since: isLast ? null : (rows.at(-1)?.createdAt ?? null),
    until: beforeSequence ? (rows[0]?.createdAt ?? null) : null,
  }
  const entries = await listEntries(db, { conversationId, ...times })
  const messageIds = rows.filter(({ state }) => state === 'queued').map(({ id }) => id)
  const places = await listQueuePositions(db, { robotId: conversation.robotId, messageIds })
  const operatorIds = [
    ...rows.map(({ replyReason }) => replyReason?.operatorId),
    ...entries.map(({ detail }) => detail.assigneeId),
  ].filter((id) => id !== undefined)
  const emails = await namesOfOperators(db, { operatorIds: [...new Set(operatorIds)] })
  const received = rows.filter(({ direction }) => direction === 'in').map(({ id }) => id)
  const silences = await listSilences(db, { messageIds: received })
  const ownLinks = `${env.PUBLIC_URL}/v1/media/`
  return {
    messages: rows.map((row) => {
      const view = viewMessage(row, places.get(row.id))
      // Stored with the message: an operator uploaded it.
      const link = row.content.startsWith(ownLinks) ? new URL(row.content) : null
      const storedUrl = link && link.pathname + link.search
      return {
        ...view,
        imageUrl: view.imageUrl ?? (row.type === 'image' ? storedUrl : null),
        fileUrl: view.fileUrl ?? (row.type === 'other' ? storedUrl : null),
        fileName: view.fileName ?? (row.type === 'other' ? (link?.searchParams.get('name') ?? null) : null),
        operatorEmail: emails.get(row.replyReason?.operatorId ?? '') ?? null,
        silence: silences.get(row.id) ?? null,
      }
    }),
    entries: entries.map(({ createdAt, operatorId: _operatorId, ...entry }) => ({
      ...entry,
      assigneeEmail: emails.get(entry.detail.assigneeId ?? '') ?? null,
      createdAt: createdAt.toISOString(),
    })),
    nextBefore: isLast ? null : (rows.at(-1)?.sequence ?? null),
  }
}
