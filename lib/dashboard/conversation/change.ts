import type { z } from 'zod'
import { replyAsOperator } from '@/lib/actions/reply-in-conversation'
import { recordAudit } from '@/lib/audit/record-audit'
import { addNote } from '@/lib/conversation/add-note'
import { assignConversation } from '@/lib/conversation/assign-conversation'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { markConversationRead } from '@/lib/conversation/mark-conversation-read'
import { releaseConversation } from '@/lib/conversation/release-conversation'
import { reopenConversation } from '@/lib/conversation/reopen-conversation'
import { requestHandover } from '@/lib/conversation/request-handover'
import { resolveConversation } from '@/lib/conversation/resolve-conversation'
import type { noteForm, replyForm, stateForm } from '@/lib/dashboard/conversation/form'
import type { ViewContext } from '@/lib/dashboard/view-context'
import type { Tx } from '@/lib/db/client'
import { getOperatorOrThrow } from '@/lib/operator/list-operators'
import { readFileUpload, readImageUpload } from '@/lib/media/read-upload'

/** Accepts a reply of the operator and returns its id at once. @throws NOT_FOUND, IMAGE_UNUSABLE, and what `acceptMessage` throws */
export async function reply(
  ctx: ViewContext,
  conversationId: string,
  body: z.output<typeof replyForm>,
): Promise<{ messageId: string }> {
  const { operator, who } = ctx
  const conversation = await getConversationOrThrow(ctx.db, { conversationId })
  const content = body.type === 'text' ? body : await readImageUploaded(body, { publicUrl: ctx.env.PUBLIC_URL })
  return replyAsOperator(ctx, conversation, { ...content, operatorId: operator.id }, (tx, messageId) =>
    recordAudit(tx, {
      ...who,
      action: 'message.send',
      targetId: messageId,
      detail: { robotId: conversation.robotId, conversationId },
    }),
  )
}

function readImageUploaded(
  body: Exclude<z.output<typeof replyForm>, { type: 'text' }>,
  link: { publicUrl: string },
): ReturnType<typeof readImageUpload> {
  const bytes = Buffer.from(body.dataBase64, 'base64')
  return body.type === 'image' ? readImageUpload(bytes, link) : readFileUpload({ bytes, fileName: body.fileName }, link)
}

/** Changes the state of a conversation in the operator's name. @throws NOT_FOUND */
export async function changeState(
  { db, operator, who }: ViewContext,
  conversationId: string,
  body: z.output<typeof stateForm>,
): Promise<void> {
  const { action } = body
  if (action === 'read') return markConversationRead(db, { conversationId })
  const change = { conversationId, operatorId: operator.id }
  const assigneeId = body.action === 'assign' ? body.assigneeId : undefined
  if (action === 'assign')
    return db.transaction(async (tx) => {
      const { id, email } = await getOperatorOrThrow(tx, { operatorId: assigneeId ?? operator.id })
      await assignConversation(tx, { ...change, assigneeId: id })
      await recordAudit(tx, { ...who, action: 'conversation.assign', targetId: conversationId, detail: { email } })
    })
  const acts: Record<typeof action, (tx: Tx) => Promise<unknown>> = {
    release: (tx) => releaseConversation(tx, change),
    resolve: (tx) => resolveConversation(tx, change),
    reopen: (tx) => reopenConversation(tx, change),
    handover: (tx) => requestHandover(tx, { id: conversationId }, { source: 'operator' }, change),
  }
  await db.transaction(async (tx) => {
    await acts[action](tx)
    await recordAudit(tx, { ...who, action: `conversation.${action}`, targetId: conversationId, detail: {} })
  })
}

/** Adds a note for colleagues. @throws NOT_FOUND */
export async function writeNote(
  { db, operator, who }: ViewContext,
  conversationId: string,
  { text }: z.output<typeof noteForm>,
): Promise<void> {
  await db.transaction(async (tx) => {
    await addNote(tx, { conversationId, operatorId: operator.id, text })
    await recordAudit(tx, { ...who, action: 'conversation.note', targetId: conversationId, detail: {} })
  })
}
