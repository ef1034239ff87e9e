import { getMembership } from '@/lib/membership/get-membership'
import { recordInvited, recordStepFailure } from '@/lib/membership/record-progress'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { recordCount } from '@/lib/qun/record-progress'
import type { OpenSession } from '../sessions/open-session'
import type { RobotLife } from '../sessions/robot-life'
import type { OperationOutcome } from '../wechat/port'
import { confirmMembers } from './count-members'
import { done, failureOf, heedLimit, isTooOften, refusalOfPause, type StepEnd } from './step-end'
import { tellQun } from './tell-qun'

/**
 * Lets a contact into a qun's room: directly, or by a card where WeChat takes no more directly. Who is in already is in; joined is only
 * who WeChat shows in the room afterwards. Spec: 请求入群, B6, B8.
 */
export async function addMember(life: RobotLife, session: OpenSession, membershipId: string): Promise<StepEnd> {
  const { tenure, context } = life
  const found = await getMembership(context.db, { membershipId })
  const username = found?.contact.username
  if (!found || !username) return done
  const qun = await getQunOrThrow(context.db, { qunId: found.membership.qunId })
  const room = qun.roomUsername
  if (!room) return { code: 'ASSISTANT_NOT_READY', message: '微信还没有列出这个群' }

  const before = await confirmMembers(life, session, { qunId: qun.id, room })
  if ('code' in before) return before
  if (before.usernames.includes(username)) return done
  const { directLimit, memberLimit } = context.quns
  if (before.usernames.length >= memberLimit) {
    await tenure.write(async (tx) => {
      if (await recordCount(tx, { qunId: qun.id, isFull: true }))
        await tellQun(tx, life, { qunId: qun.id, type: 'qun_full' })
    })
    return { code: 'QUN_NOT_OPEN', message: '群已满' }
  }
  const paused = await refusalOfPause(context.db, { robotId: tenure.robotId, operation: 'add_member' })
  if (paused) return paused
  const type = before.usernames.length >= directLimit ? 'invite_member' : 'add_member'
  const outcome = await session.connection.perform({ type, room, username })
  if (outcome.outcome !== 'done') return fail(life, membershipId, outcome)
  await tenure.write(async (tx) => {
    await heedLimit(tx, { robotId: tenure.robotId, operation: 'add_member', outcome })
    if (type === 'invite_member') await recordInvited(tx, { membershipId })
  })
  if (type === 'invite_member') return { result: { isInvited: true } }
  return confirm(life, session, { qunId: qun.id, room, membershipId, username })
}

async function confirm(
  life: RobotLife,
  session: OpenSession,
  added: { qunId: string; room: string; membershipId: string; username: string },
): Promise<StepEnd> {
  const after = await confirmMembers(life, session, added)
  if (!('code' in after) && after.usernames.includes(added.username)) return done
  const failure = '微信接受了，但群里还看不到'
  await life.tenure.write((tx) => recordStepFailure(tx, { ...added, failure, weight: 'later' }))
  return 'code' in after ? after : done
}

async function fail(
  { tenure }: RobotLife,
  membershipId: string,
  outcome: Exclude<OperationOutcome, { outcome: 'done' }>,
): Promise<StepEnd> {
  const weight = outcome.outcome === 'refused' && !isTooOften(outcome) ? 'counted' : 'later'
  await tenure.write(async (tx) => {
    await heedLimit(tx, { robotId: tenure.robotId, operation: 'add_member', outcome })
    await recordStepFailure(tx, { membershipId, failure: outcome.message, weight })
  })
  return failureOf(outcome)
}
