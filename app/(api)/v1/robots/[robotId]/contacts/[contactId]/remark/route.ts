import { setContactRemark } from '@/lib/actions/command-contact'
import { findContact, toContact } from '@/lib/address-book/list-contacts'
import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { setContactRemark as contract } from '@/lib/http/contract/contact-contracts'
import { presentContact } from '@/lib/http/present-contact'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, who, parameters: { remark }, path, requireRobot }) => {
    const { id: robotId } = requireRobot()
    const username = path('contactId')
    await setContactRemark(ctx, { robotId, username, remark, actor: who.actor }, (tx) =>
      recordAudit(tx, { ...who, action: 'contact.remark', targetId: robotId, detail: { contact: username } }),
    )
    const stored = await findContact(ctx.db, { robotId, username })
    const contact = stored ? toContact(stored) : { username, nickname: '', remark }
    return { contact: presentContact({ ...contact, isOwner: false }) }
  }),
])
