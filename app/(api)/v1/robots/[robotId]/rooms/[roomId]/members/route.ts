import { readMembers } from '@/lib/actions/command-contact'
import { AppError } from '@/lib/errors'
import { type ApiCall, apiRoute, operation } from '@/lib/http/api-route'
import { listRoomMembers as list, readRoomMembers as read } from '@/lib/http/contract/room-contracts'
import { presentRoomMembers } from '@/lib/http/present-contact'
import { listRoomMembers } from '@/lib/membership/list-room-members'
import { findRoom } from '@/lib/room/find-room'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(list, async (call) => {
    const { cursor, limit } = call.parameters
    const room = await requireRoom(call)
    return presentRoomMembers(await listRoomMembers(call.ctx.db, { roomId: room.id, cursor, limit }))
  }),
  operation(read, async (call) => {
    const { refresh: isForced, limit } = call.parameters
    const { id: roomId } = await requireRoom(call)
    await readMembers(call.ctx, { robotId: call.requireRobot().id, roomId, isForced, actor: call.who.actor })
    return presentRoomMembers(await listRoomMembers(call.ctx.db, { roomId, limit }))
  }),
])

async function requireRoom({ ctx, path, requireRobot }: Pick<ApiCall<never>, 'ctx' | 'path' | 'requireRobot'>) {
  const room = await findRoom(ctx.db, { robotId: requireRobot().id, room: path('roomId') })
  if (!room) throw new AppError('TARGET_NOT_FOUND', { reason: 'target_not_found', parameter: 'room_id' })
  return room
}
