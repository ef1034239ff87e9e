import { apiRoute, operation } from '@/lib/http/api-route'
import { listQunMembers as contract } from '@/lib/http/contract/qun-member-contracts'
import { presentQunMember } from '@/lib/http/present-qun'
import { listMembersByCursor } from '@/lib/membership/list-members-by-cursor'
import { findQunOrThrow } from '@/lib/qun/get-qun'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller, parameters: { q: search, ...page }, path }) => {
    const { id: qunId } = await findQunOrThrow(ctx.db, { reference: path('qunId'), scope: caller })
    const { rows, nextCursor } = await listMembersByCursor(ctx.db, { qunId, search, ...page })
    return { members: rows.map(presentQunMember), next_cursor: nextCursor }
  }),
])
