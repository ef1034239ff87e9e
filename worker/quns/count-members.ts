import { recordPresence } from '@/lib/membership/record-progress'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { recordCount } from '@/lib/qun/record-progress'
import { storeRooms } from '@/lib/room/store-rooms'
import type { OpenSession } from '../sessions/open-session'
import type { RobotLife } from '../sessions/robot-life'
import type { ListMembersOutcome } from '../wechat/port'
import { done, type StepEnd } from './step-end'
import { tellQun } from './tell-qun'

/** Compares a qun's people with who WeChat shows in its room. */
export async function countMembers(life: RobotLife, session: OpenSession, qunId: string): Promise<StepEnd> {
  const { roomUsername } = await getQunOrThrow(life.context.db, { qunId })
  if (!roomUsername) return done
  const listed = await confirmMembers(life, session, { qunId, room: roomUsername })
  return 'code' in listed ? { ...listed, isStopped: true } : done
}

/** The same; answers who is in the room. */
export async function confirmMembers(
  life: RobotLife,
  { connection }: OpenSession,
  { qunId, room }: { qunId: string; room: string },
): Promise<ListMembersOutcome> {
  const listed = await connection.listMembers(room)
  if (listed.outcome === 'failed') return listed
  const { usernames } = listed
  await life.tenure.write(async (tx) => {
    // The stream tells nothing of what was asked for here.
    await storeRooms(tx, { robotId: life.tenure.robotId, seen: [listed.room], isComplete: false })
    const arrived = await recordPresence(tx, { qunId, usernames })
    for (const { nickname, role } of arrived)
      if (role === 'member') await tellQun(tx, life, { qunId, type: 'qun_member_joined', member: nickname })
    const isFull = usernames.length >= life.context.quns.memberLimit
    if (await recordCount(tx, { qunId, isFull })) await tellQun(tx, life, { qunId, type: 'qun_full' })
  })
  return listed
}
