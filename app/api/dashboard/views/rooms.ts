import { z } from 'zod'
import type { WebContext } from '@/lib/http/web-context'
import { listLastMessages } from '@/lib/message/list-last-messages'
import type { Paged } from '@/lib/paging'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { countRooms, listRoomPage, roomKinds, type RoomRow, roomSorts } from '@/lib/room/list-room-page'
import { listQuery, rowsOf, sortQuery } from '../list-query'

type Last = Awaited<ReturnType<typeof listLastMessages>>[number]

export type RoomView = Omit<RoomRow, 'seenAt' | 'goneAt'> & {
  seenAt: string
  goneAt: string | null
  lastMessage: (Omit<Last, 'roomId' | 'createdAt'> & { createdAt: string }) | null
}
/** A page of rooms; `counts` are of all that WeChat shows, whatever the filters. */
export type RoomsView = Paged<RoomView> & { counts: { all: number; bound: number } }

export const roomListQuery = listQuery({
  kind: z.enum(roomKinds).optional(),
  sort: sortQuery(roomSorts, 'name'),
})

/** A page of a robot's rooms with what was said last. @throws AppError ROBOT_NOT_FOUND. */
export async function readRooms(
  { db }: WebContext,
  robotId: string,
  asked: z.output<typeof roomListQuery>,
): Promise<RoomsView> {
  await getAnyRobotOrThrow(db, { robotId })
  const { kind, q: search, sort } = asked
  const [{ rows, total }, counts] = await Promise.all([
    listRoomPage(db, { ...rowsOf(asked), robotId, kind, search, sort }),
    countRooms(db, { robotId }),
  ])
  const latest = await listLastMessages(db, { roomIds: rows.map(({ id }) => id) })
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
  return { rows: viewed, total, counts }
}
