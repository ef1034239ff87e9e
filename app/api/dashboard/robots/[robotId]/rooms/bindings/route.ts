import { recordAudit } from '@/lib/audit/record-audit'
import { setBindings } from '@/lib/room/set-bindings'
import { dashboardRoute } from '../../../../dashboard-route'
import { bindingForm } from '../../../../forms'

/** Binds, unbinds or gives back to the rule one room or several, with an audit entry for each. */
export const PUT = dashboardRoute({ ids: ['robotId'], body: bindingForm }, ({ ctx, ids: { robotId }, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const { isBound, roomIds } = body
    await setBindings(tx, { robotId, roomIds, isBound })
    for (const targetId of roomIds)
      await recordAudit(tx, { ...who, action: 'room.bind', targetId, detail: { isBound } })
  }),
)
