import { readMembers } from '@/lib/actions/command-contact'
import type { Db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readRoomMembers } from '@/lib/dashboard/robot/address-book'
import { addressBookQuery, membersForm } from '@/lib/dashboard/robot/contact-form'
import { findRoom } from '@/lib/room/find-room'

export const GET = dashboardRoute(
  { ids: ['robotId', 'roomId'], query: addressBookQuery },
  async ({ ctx, ids, query }) => readRoomMembers(ctx, await requireRoom(ctx.db, ids), query),
)

/** Reads the members from WeChat, unless they were read in the last minutes. */
export const POST = dashboardRoute(
  { ids: ['robotId', 'roomId'], body: membersForm },
  async ({ ctx, ids, who, body: { isForced } }) => {
    const roomId = await requireRoom(ctx.db, ids)
    await readMembers(ctx, { robotId: ids.robotId, roomId, isForced, actor: who.actor })
    return readRoomMembers(ctx, roomId, {})
  },
)

async function requireRoom(db: Db, { robotId, roomId: room }: { robotId: string; roomId: string }): Promise<string> {
  const match = await findRoom(db, { robotId, room })
  if (!match) throw new AppError('NOT_FOUND', { reason: 'room_not_found' })
  return match.id
}
