import { decideAndRecord } from '@/lib/actions/update-qun'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { memberDecisionForm } from '@/lib/dashboard/qun/form'

/** Confirms, refuses or removes a person of a group. */
export const POST = dashboardRoute(
  { ids: ['qunId', 'membershipId'], body: memberDecisionForm },
  ({ ctx, ids, who, body: { decision } }) =>
    ctx.db.transaction((tx) => decideAndRecord(tx, { who }, { ...ids, decision })),
)
