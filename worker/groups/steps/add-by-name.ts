import type { CommandPayload } from '@/lib/db/types'
import { failWith } from '@/lib/errors'
import { requestMembership } from '@/lib/membership/request-membership'
import { requestWithToken } from '@/lib/membership/request-with-token'
import { findByName, loadNameRules } from '@/lib/membership/find-by-name'
import { upsertContact } from '@/lib/membership/upsert-contact'
import type { Assistant } from '@/worker/groups/assistant'
import { addMember } from '@/worker/groups/steps/add-member'
import { done, type StepEnd } from '@/worker/groups/step-end'

/** Adds the contact with this nickname or remark, if there is exactly one. Spec: 请求入群, B6 (POST /wxbot/qun/membership). */
export async function addByName(
  assistant: Assistant,
  { qunId = '', joinTokenId, memberName = '' }: CommandPayload,
): Promise<StepEnd> {
  const { lease, connection } = assistant
  const listed = connection.contacts()
  if (!listed) return failWith('ASSISTANT_NOT_READY', 'contacts_not_listed_retry')
  const rules = await loadNameRules(assistant.context.db, lease)
  const match = findByName(listed, memberName, rules)
  if (match.outcome === 'none') {
    return failWith('MEMBER_NOT_FOUND', rules.acceptsNicknames ? 'member_unknown' : 'member_unknown_by_remark')
  }
  if (match.outcome === 'several') return failWith('MEMBER_NOT_FOUND', 'member_ambiguous')
  const membership = await lease.write(async (tx) => {
    const { id: contactId } = await upsertContact(tx, { robotId: lease.robotId, person: match.contact })
    const request = { qunId, contactId, identifiedBy: match.identifiedBy }
    return joinTokenId ? requestWithToken(tx, { ...request, joinTokenId }) : requestMembership(tx, request)
  })
  if (!membership) return failWith('JOIN_TOKEN_SPENT', 'join_token_used_up')
  return membership.state === 'joined' ? done : addMember(assistant, membership.id)
}
