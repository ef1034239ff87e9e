import { recordChange } from '@/lib/audit/record-audit'
import { linkQun, renameQun, setQunClosed, setQunPaused } from '@/lib/membership/change-qun'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import type { QunView } from '@/lib/qun/qun-view'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readQun } from '@/lib/dashboard/qun/detail'
import { qunChange } from '@/lib/dashboard/qun/form'

export const GET = dashboardRoute({ ids: ['qunId'] }, ({ ctx, ids, operator }) =>
  readQun(ctx, ids.qunId, operator.role),
)

function changeable({ pausedAt, closedAt, roomId, name }: QunView) {
  return { isPaused: pausedAt !== null, isClosed: closedAt !== null, roomId, name }
}

export const PATCH = dashboardRoute(
  { ids: ['qunId'], body: qunChange },
  async ({ ctx, ids: { qunId }, who, body: { isPaused, isClosed, roomId, name } }) => {
    const before = await getQunOrThrow(ctx.db, { qunId })
    await ctx.db.transaction(async (tx) => {
      if (roomId !== undefined) await linkQun(tx, { qunId, roomId })
      if (name !== undefined) await renameQun(tx, { qunId, name })
      if (isPaused !== undefined) await setQunPaused(tx, { qunId, isPaused })
      if (isClosed !== undefined) await setQunClosed(tx, { qunId, isClosed })
      const change = { before: changeable(before), after: { isPaused, isClosed, roomId, name } }
      await recordChange(tx, { ...who, action: 'qun.update', targetId: qunId, ...change })
    })
  },
)
