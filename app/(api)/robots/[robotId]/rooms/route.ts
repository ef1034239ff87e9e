import { apiRoute, operation } from '@/lib/http/api-route'
import * as contracts from '@/lib/http/contract/room-contracts'
import { listRooms } from '@/lib/room/list-rooms'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(contracts.listRooms, async ({ ctx, requireRobot }) => {
    const robot = requireRobot()
    const rooms = await listRooms(ctx.db, { robotId: robot.id })
    return { rooms: rooms.map(({ id, name }) => ({ id, nickname: name })) }
  }),
])
