import { listReachable } from '@/lib/message/list-reachable'
import { apiRoute, operation } from '@/lib/http/api-route'
import { listContacts as contract } from '@/lib/http/contract/contact-contracts'
import { presentContact } from '@/lib/http/present-contact'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, parameters, requireRobot }) => {
    const { id: robotId, connection } = requireRobot()
    const { rows, nextCursor } = await listReachable(ctx.db, { robotId, connection, ...parameters })
    return { contacts: rows.map(presentContact), next_cursor: nextCursor }
  }),
])
