import { type NewMember, recordPresence } from '@/lib/membership/advance-membership'
import { sentenceOf } from '@/lib/sentence'
import { recordGroupMembers } from '@/lib/membership/record-group-members'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { recordCount } from '@/lib/qun/advance-qun'
import { storeRooms } from '@/lib/room/store-rooms'
import type { Assistant } from '@/worker/groups/assistant'
import type { ListMembersOutcome } from '@/worker/wechat/port'
import { done, type StepEnd } from '@/worker/groups/step-end'
import { recordQunEvent } from '@/worker/groups/record-qun-event'

/** Updates the member count and memberships of a qun from the room's current members. */
export async function countMembers(assistant: Assistant, qunId: string): Promise<StepEnd> {
  const { roomUsername } = await getQunOrThrow(assistant.context.db, { qunId })
  if (!roomUsername) return done
  const listed = await confirmMembers(assistant, { qunId, room: roomUsername })
  return 'code' in listed ? { ...listed, isStopped: true } : done
}

/** Updates the count and memberships of a qun; returns the room's current members. */
export async function confirmMembers(
  { lease, context, connection }: Assistant,
  { qunId, room }: { qunId: string; room: string },
): Promise<ListMembersOutcome> {
  const listed = await connection.listMembers(room)
  if (listed.outcome === 'failed') return listed
  const { usernames, customers } = listed
  await lease.write(async (tx) => {
    // WeChat's stream does not report what this call returns.
    await storeRooms(tx, { robotId: lease.robotId, seen: [listed.room], isComplete: false })
    const qun = await getQunOrThrow(tx, { qunId })
    if (customers) {
      const members = customers.map((customer) => ({ ...customer, isOurs: customer.state === qun.number }))
      await recordGroupMembers(tx, { robotId: lease.robotId, qunId, members })
    }
    const arrivals = await recordPresence(tx, { qunId, usernames })
    const isTold = ({ role, username }: NewMember) =>
      role === 'member' &&
      (!customers || customers.some((one) => one.username === username && one.state === qun.number))
    for (const { nickname } of arrivals.filter(isTold))
      await recordQunEvent(tx, context, { qunId, type: 'qun_member_joined', member: nickname })
    const isFull = usernames.length >= context.memberLimit
    if (await recordCount(tx, { qunId, isFull, advice: customers ? sentenceOf('group_full') : null }))
      await recordQunEvent(tx, context, { qunId, type: 'qun_full' })
  })
  return listed
}
