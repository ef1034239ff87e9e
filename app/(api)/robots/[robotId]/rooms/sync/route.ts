import { recordAuditOnce } from '@/lib/audit/record-audit-once'
import { syncRooms } from '@/lib/actions/sync-rooms'
import { apiRoute, operation } from '@/lib/http/api-route'
import { syncRooms as contract } from '@/lib/http/contract/room-contracts'
import { listRooms } from '@/lib/room/list-rooms'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(contract, async ({ ctx, who, requireRobot }) => {
    const robot = requireRobot()
    // A program may sync every minute, so the audit has a maximum of one entry per hour.
    const entry = { ...who, action: 'robot.sync', targetId: robot.id, withinSeconds: 3600 } as const
    await syncRooms(ctx, { robotId: robot.id, actor: who.actor }, (tx) => recordAuditOnce(tx, entry))
    const rooms = await listRooms(ctx.db, { robotId: robot.id })
    return { rooms: rooms.map(({ id, name }) => ({ id, nickname: name })) }
  }),
])
