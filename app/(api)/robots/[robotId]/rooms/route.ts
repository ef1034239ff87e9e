import { apiRoute, operation } from '@/lib/http/api-route'
import { noParameters } from '@/lib/http/robots-parameters'
import { getRobotOrThrow } from '@/lib/robot/get-robot'
import { listRooms } from '@/lib/room/list-rooms'

// Spec: 获取微信群列表, A10.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', {
  GET: operation({
    parameters: noParameters,
    async run({ ctx, caller, path }) {
      const { applicationId } = caller
      const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
      const rooms = await listRooms(ctx.db, { robotId: robot.id })
      return { rooms: rooms.map(({ id, name }) => ({ id, nickname: name })) }
    },
  }),
})
