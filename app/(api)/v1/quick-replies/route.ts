import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import {
  createQuickReply as createContract,
  listQuickReplies as listContract,
} from '@/lib/http/contract/quick-reply-contracts'
import { presentQuickReply } from '@/lib/http/present-reply'
import { createQuickReply, listQuickReplies } from '@/lib/quick-reply/quick-replies'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(listContract, async ({ ctx, caller }) => ({
    quick_replies: (await listQuickReplies(ctx.db, caller)).map(presentQuickReply),
  })),
  operation(createContract, ({ ctx, caller: { applicationId }, who, parameters }) =>
    ctx.db.transaction(async (tx) => {
      const created = await createQuickReply(tx, { applicationId, ...parameters })
      const detail = { applicationId, ...parameters }
      await recordAudit(tx, { ...who, action: 'quick_reply.create', targetId: created.id, detail })
      return { quick_reply: presentQuickReply(created) }
    }),
  ),
])
