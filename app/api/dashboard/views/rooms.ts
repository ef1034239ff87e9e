import type { WebContext } from '@/lib/http/web-context'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listRooms } from '@/lib/room/list-rooms'

type Room = Awaited<ReturnType<typeof listRooms>>[number]
export type RoomView = Omit<Room, 'seenAt'> & { seenAt: string }

/** A robot's rooms as stored. @throws AppError ROBOT_NOT_FOUND. */
export async function readRooms({ db }: WebContext, robotId: string): Promise<RoomView[]> {
  await getAnyRobotOrThrow(db, { robotId })
  const rooms = await listRooms(db, { robotId })
  return rooms.map((room) => ({ ...room, seenAt: room.seenAt.toISOString() }))
}
