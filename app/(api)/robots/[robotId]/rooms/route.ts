import { apiRoute, operation } from '@/lib/http/api-route'
import * as contracts from '@/lib/http/contract/room-contracts'
import { getRobotOrThrow } from '@/lib/robot/get-robot'
import { listRooms } from '@/lib/room/list-rooms'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(contracts.listRooms, async ({ ctx, caller, path }) => {
    const { applicationId } = caller
    const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
    const rooms = await listRooms(ctx.db, { robotId: robot.id })
    return { rooms: rooms.map(({ id, name }) => ({ id, nickname: name })) }
  }),
])
