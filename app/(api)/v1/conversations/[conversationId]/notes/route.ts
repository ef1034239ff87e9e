import { addNote } from '@/lib/conversation/add-note'
import { listEntries } from '@/lib/conversation/list-conversation-messages'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { apiRoute, operation } from '@/lib/http/api-route'
import {
  addConversationNote as addContract,
  listConversationNotes as listContract,
} from '@/lib/http/contract/conversation-change-contracts'
import { presentNote } from '@/lib/http/present-conversation'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(listContract, async ({ ctx: { db }, caller: { applicationId }, path }) => {
    const { id: conversationId } = await getConversationOrThrow(db, {
      applicationId,
      conversationId: path('conversationId'),
    })
    const notes = await listEntries(db, { conversationId, since: null, until: null, kind: 'note' })
    return { notes: notes.map(presentNote) }
  }),
  operation(addContract, async ({ ctx: { db }, caller: { applicationId }, parameters: { text }, path }) => {
    const { id: conversationId } = await getConversationOrThrow(db, {
      applicationId,
      conversationId: path('conversationId'),
    })
    const { createdAt } = await db.transaction((tx) => addNote(tx, { conversationId, operatorId: null, text }))
    return { note: presentNote({ text, operatorEmail: null, createdAt }) }
  }),
])
