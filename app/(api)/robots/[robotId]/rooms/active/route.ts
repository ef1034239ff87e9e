import { apiRoute, operation } from '@/lib/http/api-route'
import * as contracts from '@/lib/http/contract/room-contracts'
import { getRobotOrThrow } from '@/lib/robot/get-robot'
import { listBoundRooms } from '@/lib/room/list-bound-rooms'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(contracts.listBoundRooms, async ({ ctx, caller, path }) => {
    const { applicationId } = caller
    const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
    const rooms = await listBoundRooms(ctx.db, { robotId: robot.id })
    return { rooms: rooms.map(({ id, name, username }) => ({ username, nickname: name, id })) }
  }),
])
