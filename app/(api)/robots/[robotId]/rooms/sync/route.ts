import { syncRoomsAndWait } from '@/lib/gateway/sync-rooms-and-wait'
import { apiRoute, operation } from '@/lib/http/api-route'
import { syncRooms } from '@/lib/http/contract/room-contracts'
import { getRobotOrThrow } from '@/lib/robot/get-robot'
import { listRooms } from '@/lib/room/list-rooms'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(syncRooms, async ({ ctx, caller, path }) => {
    const { applicationId, tokenId } = caller
    const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
    await syncRoomsAndWait(ctx, { robotId: robot.id, actor: `token:${tokenId}` })
    const rooms = await listRooms(ctx.db, { robotId: robot.id })
    return { rooms: rooms.map(({ id, name }) => ({ id, nickname: name })) }
  }),
])
