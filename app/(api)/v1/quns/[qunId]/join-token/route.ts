import { renewJoinToken } from '@/lib/actions/update-qun'
import { apiRoute, operation } from '@/lib/http/api-route'
import { renewJoinToken as contract } from '@/lib/http/contract/qun-contracts'
import { presentJoinToken } from '@/lib/http/present-qun'
import { parseTimestamp } from '@/lib/parse-timestamp'
import { findQunOrThrow } from '@/lib/qun/get-qun'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, ({ ctx, caller, who, parameters, path }) =>
    ctx.db.transaction(async (tx) => {
      const { expires_at, max_uses: maxUses } = parameters
      const expiresAt = expires_at === null ? null : parseTimestamp(expires_at)
      const { id: qunId } = await findQunOrThrow(tx, { reference: path('qunId'), scope: caller })
      const joinToken = await renewJoinToken(tx, { who }, { qunId, expiresAt, maxUses })
      return { join_token: presentJoinToken(joinToken) }
    }),
  ),
])
