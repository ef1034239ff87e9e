import { recordChange } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import {
  showReplySettings as showContract,
  updateReplySettings as updateContract,
} from '@/lib/http/contract/reply-settings-contracts'
import { presentModelSpending, presentReplySettings, readReplySettings } from '@/lib/http/present-reply-settings'
import { readModelSpending } from '@/lib/model/read-model-spending'
import { getReplySettings, updateReplySettings } from '@/lib/reply/reply-settings'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(showContract, async ({ ctx: { db }, caller: { applicationId } }) => {
    const settings = await getReplySettings(db, { applicationId })
    const spending = await readModelSpending(db, { applicationId, settings })
    return { settings: presentReplySettings(settings), usage: presentModelSpending(spending) }
  }),
  operation(updateContract, ({ ctx, caller: { applicationId }, who, parameters }) =>
    ctx.db.transaction(async (tx) => {
      const change = readReplySettings(parameters)
      const before = await getReplySettings(tx, { applicationId })
      const after = await updateReplySettings(tx, { sealer: ctx.sealer, applicationId, ...change })
      const detail = change.modelKey ? { modelKey: '***' } : undefined
      await recordChange(tx, { ...who, action: 'reply.update', targetId: applicationId, detail, before, after })
      return { settings: presentReplySettings(after) }
    }),
  ),
])
