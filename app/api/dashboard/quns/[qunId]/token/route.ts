import { renewJoinToken } from '@/lib/actions/update-qun'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { joinTokenForm } from '@/lib/dashboard/qun/form'

/** Replaces the join token. */
export const POST = dashboardRoute({ ids: ['qunId'], body: joinTokenForm }, ({ ctx, ids: { qunId }, who, body }) =>
  ctx.db.transaction(async (tx) => {
    await renewJoinToken(tx, { who }, { qunId, ...body })
  }),
)
