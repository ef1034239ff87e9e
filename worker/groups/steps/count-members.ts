import { recordPresence } from '@/lib/membership/advance-membership'
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
  const { usernames } = listed
  await lease.write(async (tx) => {
    // WeChat's stream does not report what this call returns.
    await storeRooms(tx, { robotId: lease.robotId, seen: [listed.room], isComplete: false })
    const arrivals = await recordPresence(tx, { qunId, usernames })
    for (const { nickname, role } of arrivals)
      if (role === 'member') await recordQunEvent(tx, context, { qunId, type: 'qun_member_joined', member: nickname })
    const isFull = usernames.length >= context.memberLimit
    if (await recordCount(tx, { qunId, isFull })) await recordQunEvent(tx, context, { qunId, type: 'qun_full' })
  })
  return listed
}
