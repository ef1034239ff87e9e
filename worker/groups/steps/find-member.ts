import type { CommandPayload } from '@/lib/db/types'
import { failWith } from '@/lib/errors'
import { normalizeName } from '@/lib/membership/find-by-name'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import type { Assistant } from '@/worker/groups/assistant'
import { confirmMembers } from '@/worker/groups/steps/count-members'
import { done, type StepEnd } from '@/worker/groups/step-end'

/** Succeeds if exactly one customer in the group has this name; WeCom lets no one add another person. Spec: E7 (customer groups). */
export async function findMember(
  assistant: Assistant,
  { qunId = '', memberName = '' }: CommandPayload,
): Promise<StepEnd> {
  const { roomUsername } = await getQunOrThrow(assistant.context.db, { qunId })
  if (!roomUsername) return failWith('QUN_NOT_OPEN', 'qun_not_ready')
  const listed = await confirmMembers(assistant, { qunId, room: roomUsername })
  if (listed.outcome === 'failed') return { code: listed.code, sentence: listed.sentence }
  const wanted = normalizeName(memberName)
  const matches = (listed.customers ?? []).filter(({ nickname, groupName }) =>
    [nickname, groupName].some((name) => normalizeName(name) === wanted),
  )
  return matches.length === 1 ? done : failWith('QUN_NOT_OPEN', 'group_join_self', { member: memberName })
}
