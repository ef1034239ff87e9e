import { apiRoute, operation } from '@/lib/http/api-route'
import * as contracts from '@/lib/http/contract/room-contracts'
import { listBoundRooms } from '@/lib/room/list-rooms'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(contracts.listBoundRooms, async ({ ctx, requireRobot }) => {
    const robot = requireRobot()
    const rooms = await listBoundRooms(ctx.db, { robotId: robot.id })
    return { rooms: rooms.map(({ id, name, username }) => ({ username, nickname: name, id })) }
  }),
])
