import { apiRoute, operation } from '@/lib/http/api-route'
import { showConversationFigures as contract } from '@/lib/http/contract/conversation-figure-contracts'
import { presentConversationCounts } from '@/lib/http/present-conversation'
import { readConversationFigures } from '@/lib/metrics/conversation-figures'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller: { applicationId }, parameters: { range, time_zone: timeZone } }) => {
    const { points, total } = await readConversationFigures(ctx.db, { range, timeZone, applicationId })
    return {
      total: presentConversationCounts(total),
      points: points.map(({ startsAt, ...counts }) => ({
        starts_at: startsAt.toISOString(),
        ...presentConversationCounts(counts),
      })),
    }
  }),
])
