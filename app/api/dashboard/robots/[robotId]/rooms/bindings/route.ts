import { recordChange } from '@/lib/audit/record-audit'
import { changeNotifiedRooms } from '@/lib/callback/notified-rooms'
import { setBindings } from '@/lib/room/set-bindings'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { bindingForm } from '@/lib/dashboard/room/form'

/** Binds rooms, unbinds them or returns them to the rule, with one audit entry per changed room. */
export const PUT = dashboardRoute({ ids: ['robotId'], body: bindingForm }, ({ ctx, ids: { robotId }, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const { isBound, roomIds, isConfirmed } = body
    const before = await changeNotifiedRooms(tx, { robotId, isConfirmed }, () =>
      setBindings(tx, { robotId, roomIds, isBound }),
    )
    for (const [targetId, wasBound] of before) {
      const change = { before: { isBound: wasBound }, after: { isBound } }
      await recordChange(tx, { ...who, action: 'room.bind', targetId, ...change })
    }
  }),
)
