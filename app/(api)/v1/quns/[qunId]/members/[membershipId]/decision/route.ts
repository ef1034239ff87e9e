import { decideAndRecord } from '@/lib/actions/update-qun'
import { apiRoute, operation } from '@/lib/http/api-route'
import { decideQunMember as contract } from '@/lib/http/contract/qun-member-contracts'
import { presentQunMember } from '@/lib/http/present-qun'
import { findMember } from '@/lib/membership/list-members-by-cursor'
import { findQunOrThrow } from '@/lib/qun/get-qun'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, ({ ctx, caller, who, parameters: { decision }, path }) =>
    ctx.db.transaction(async (tx) => {
      const { id: qunId } = await findQunOrThrow(tx, { reference: path('qunId'), scope: caller })
      const membershipId = path('membershipId')
      await decideAndRecord(tx, { who }, { qunId, membershipId, decision })
      const member = await findMember(tx, { qunId, membershipId })
      return { member: member && presentQunMember(member) }
    }),
  ),
])
