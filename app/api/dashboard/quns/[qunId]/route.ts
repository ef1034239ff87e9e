import { recordAudit } from '@/lib/audit/record-audit'
import { setQunClosed, setQunPaused, tieQun } from '@/lib/membership/change-qun'
import { wakeRobot } from '@/lib/queue/wake'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { dashboardRoute } from '../../dashboard-route'
import { readQun } from '../../views/quns'
import { qunChange } from '../forms'

export const GET = dashboardRoute({ ids: ['qunId'] }, ({ ctx, ids, operator }) =>
  readQun(ctx, ids.qunId, operator.role),
)

export const PATCH = dashboardRoute(
  { ids: ['qunId'], body: qunChange },
  async ({ ctx, ids: { qunId }, who, body: { isPaused, isClosed, roomId } }) => {
    const { robotId } = await getQunOrThrow(ctx.db, { qunId })
    await ctx.db.transaction(async (tx) => {
      if (roomId !== undefined) await tieQun(tx, { qunId, roomId })
      if (isPaused !== undefined) await setQunPaused(tx, { qunId, isPaused })
      if (isClosed !== undefined) await setQunClosed(tx, { qunId, isClosed })
      await recordAudit(tx, { ...who, action: 'qun.update', targetId: qunId, detail: { isPaused, isClosed, roomId } })
    })
    await wakeRobot(ctx, robotId)
  },
)
