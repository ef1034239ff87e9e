import { fetchRoomCode } from '@/lib/actions/fetch-room-code'
import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { fetchRoomCode as contract } from '@/lib/http/contract/room-contracts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, who, path, requireRobot }) => {
    const { id: robotId } = requireRobot()
    const room = { robotId, room: path('roomId'), actor: who.actor }
    const { fileId, expiresAt } = await fetchRoomCode(ctx, room, (tx) =>
      recordAudit(tx, { ...who, action: 'room.code', targetId: robotId }),
    )
    return { qrcode_url: `${ctx.env.PUBLIC_URL}/v1/media/${fileId}`, expires_at: expiresAt.toISOString() }
  }),
])
