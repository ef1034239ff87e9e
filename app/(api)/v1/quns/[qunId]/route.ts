import { updateQun } from '@/lib/actions/update-qun'
import { apiRoute, operation } from '@/lib/http/api-route'
import { showQun, updateQun as contract } from '@/lib/http/contract/qun-contracts'
import { presentQunDetail } from '@/lib/http/present-qun'
import { findQunOrThrow, getQunOrThrow } from '@/lib/qun/get-qun'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(showQun, async ({ ctx, caller, path }) => {
    const qun = await findQunOrThrow(ctx.db, { reference: path('qunId'), scope: caller })
    return { qun: await presentQunDetail(ctx, qun) }
  }),
  operation(contract, async ({ ctx, caller, who, parameters, path }) => {
    const { name, paused: isPaused, closed: isClosed, room_id: roomId } = parameters
    const { id: qunId } = await findQunOrThrow(ctx.db, { reference: path('qunId'), scope: caller })
    const change = { name, isPaused, isClosed, roomId }
    await ctx.db.transaction((tx) => updateQun(tx, { who }, { qunId, change }))
    return { qun: await presentQunDetail(ctx, await getQunOrThrow(ctx.db, { qunId })) }
  }),
])
