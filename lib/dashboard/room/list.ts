import { z } from 'zod'
import { countNotifiedRooms, type NotifiedRooms } from '@/lib/callback/notified-rooms'
import type { WebContext } from '@/lib/http/web-context'
import { listLastMessagePerRoom } from '@/lib/message/list-messages'
import type { Paged } from '@/lib/paging'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { countRooms, listRoomPage, type RoomCounts, roomKinds, type RoomRow, roomSorts } from '@/lib/room/list-rooms'
import { listQuery, rowsOf, sortQuery } from '@/lib/dashboard/list-query'

type Last = Awaited<ReturnType<typeof listLastMessagePerRoom>>[number]

export type RoomView = Omit<RoomRow, 'seenAt' | 'goneAt'> & {
  seenAt: string
  goneAt: string | null
  lastMessage: (Omit<Last, 'roomId' | 'createdAt'> & { createdAt: string }) | null
}
/** A page of rooms; `counts` and `notified` ignore the filters. */
export type RoomsView = Paged<RoomView> & { counts: RoomCounts; notified: NotifiedRooms }

export const roomListQuery = listQuery({
  kind: z.enum(roomKinds).optional(),
  sort: sortQuery(roomSorts, 'name'),
})

/** Returns a page of a robot's rooms, each with its last message. @throws AppError ROBOT_NOT_FOUND. */
export async function readRooms(
  { db }: WebContext,
  robotId: string,
  query: z.output<typeof roomListQuery>,
): Promise<RoomsView> {
  await getAnyRobotOrThrow(db, { robotId })
  const { kind, q: search, sort } = query
  const [{ rows, total }, counts, notified] = await Promise.all([
    listRoomPage(db, { ...rowsOf(query), robotId, kind, search, sort }),
    countRooms(db, { robotId }),
    countNotifiedRooms(db, { robotId }),
  ])
  const latest = await listLastMessagePerRoom(db, { roomIds: rows.map(({ id }) => id) })
  const lastOf = new Map(latest.map(({ roomId, ...last }) => [roomId, last]))
  const viewed = rows.map((room) => {
    const last = lastOf.get(room.id)
    return {
      ...room,
      seenAt: room.seenAt.toISOString(),
      goneAt: room.goneAt?.toISOString() ?? null,
      lastMessage: last ? { ...last, createdAt: last.createdAt.toISOString() } : null,
    }
  })
  return { rows: viewed, total, counts, notified }
}
