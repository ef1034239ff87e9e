import { fetchRoomCode } from '@/lib/actions/fetch-room-code'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'

/** Returns a link to the QR code of a room, which is fetched if none is stored. */
export const POST = dashboardRoute({ ids: ['robotId', 'roomId'] }, async ({ ctx, ids: { robotId, roomId }, who }) => {
  await getAnyRobotOrThrow(ctx.db, { robotId })
  const { fileId, expiresAt } = await fetchRoomCode(ctx, { robotId, room: roomId, actor: who.actor }, (tx) =>
    recordAudit(tx, { ...who, action: 'room.code', targetId: roomId }),
  )
  return { url: `/v1/media/${fileId}`, expiresAt: expiresAt.toISOString() }
})
