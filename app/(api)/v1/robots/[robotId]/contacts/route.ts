import { apiRoute, operation } from '@/lib/http/api-route'
import { listContacts as contract } from '@/lib/http/contract/ilink-contracts'
import { listRecentContacts } from '@/lib/message/list-recent-contacts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, requireRobot }) => {
    const { id: robotId, connection } = requireRobot()
    const contacts = await listRecentContacts(ctx.db, { robotId, connection })
    return { contacts: contacts.map(({ id, nickname, isOwner }) => ({ id, nickname, is_owner: isOwner })) }
  }),
])
