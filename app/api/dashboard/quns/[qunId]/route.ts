import { updateQun } from '@/lib/actions/update-qun'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readQun } from '@/lib/dashboard/qun/detail'
import { qunChange } from '@/lib/dashboard/qun/form'

export const GET = dashboardRoute({ ids: ['qunId'] }, ({ ctx, ids, operator }) =>
  readQun(ctx, ids.qunId, operator.role),
)

export const PATCH = dashboardRoute({ ids: ['qunId'], body: qunChange }, ({ ctx, ids: { qunId }, who, body: change }) =>
  ctx.db.transaction((tx) => updateQun(tx, { who }, { qunId, change })),
)
