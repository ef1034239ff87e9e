import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import {
  removeQuickReply as removeContract,
  updateQuickReply as updateContract,
} from '@/lib/http/contract/quick-reply-contracts'
import { presentQuickReply } from '@/lib/http/present-reply'
import { getQuickReplyOrThrow, removeQuickReply, updateQuickReply } from '@/lib/quick-reply/quick-replies'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(updateContract, ({ ctx, caller: { applicationId }, who, parameters: fields, path }) =>
    ctx.db.transaction(async (tx) => {
      const target = { applicationId, quickReplyId: path('quickReplyId') }
      const { shortcut, text } = await getQuickReplyOrThrow(tx, target)
      const updated = await updateQuickReply(tx, { ...target, fields })
      const change = { before: { shortcut, text }, after: { ...fields } }
      await recordChange(tx, { ...who, action: 'quick_reply.update', targetId: updated.id, ...change })
      return { quick_reply: presentQuickReply(updated) }
    }),
  ),
  operation(removeContract, ({ ctx, caller: { applicationId }, who, path }) =>
    ctx.db.transaction(async (tx) => {
      const removed = await removeQuickReply(tx, { applicationId, quickReplyId: path('quickReplyId') })
      const detail = { applicationId, shortcut: removed.shortcut }
      await recordAudit(tx, { ...who, action: 'quick_reply.delete', targetId: removed.id, detail })
      return { quick_reply: presentQuickReply(removed) }
    }),
  ),
])
