import { apiRoute, operation } from '@/lib/http/api-route'
import { noParameters } from '@/lib/http/robots-parameters'
import { getRobotOrThrow } from '@/lib/robot/get-robot'
import { listBoundRooms } from '@/lib/room/list-bound-rooms'

// Spec: 获取绑定微信群列表, A8; `id` is an extension.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', {
  GET: operation({
    parameters: noParameters,
    async run({ ctx, caller, path }) {
      const { applicationId } = caller
      const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
      const rooms = await listBoundRooms(ctx.db, { robotId: robot.id })
      return { rooms: rooms.map(({ id, name, username }) => ({ username, nickname: name, id })) }
    },
  }),
})
