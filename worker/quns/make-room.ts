import { AppError } from '@/lib/errors'
import { getContact } from '@/lib/membership/get-membership'
import { acceptMessage } from '@/lib/message/accept-message'
import type { Tx } from '@/lib/db/client'
import { findRoomByName } from '@/lib/room/find-room-by-name'
import { storeRooms } from '@/lib/room/store-rooms'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import type { QunView } from '@/lib/qun/qun-view'
import { openQun, recordMaking, recordMakingFailure } from '@/lib/qun/record-progress'
import type { OpenSession } from '../sessions/open-session'
import type { RobotLife } from '../sessions/robot-life'
import type { OperationOutcome } from '../wechat/port'
import { findCompanions } from './find-companions'
import { done, failureOf, heedLimit, isTooOften, refusalOfPause, type StepEnd } from './step-end'
import { tellQun } from './tell-qun'

const greetingWithinMs = 600_000

/**
 * Makes a qun's room, once: a room of its name that is there already, from a worker that died in the middle, is taken. With an owner
 * who is not known yet it does nothing. WeChat's refusal is kept on the row and tried again later. Spec: 请求建群, B4.
 */
export async function makeRoom(life: RobotLife, session: OpenSession, qunId: string): Promise<StepEnd> {
  const { tenure } = life
  const { robotId } = tenure
  const qun = await getQunOrThrow(life.context.db, { qunId })
  if (qun.status !== 'pending_room' || !qun.ownerId) return done
  const madeRoomId = await findRoomByName(life.context.db, { robotId, name: qun.name })
  if (madeRoomId) return open(life, qun, madeRoomId)
  const owner = await getContact(life.context.db, { contactId: qun.ownerId })
  if (!owner?.username) return done
  const members = [...new Set([owner.username, ...(await findCompanions(life, session))])]
  if (members.length < 2) return fail(life, qun, { code: 'ASSISTANT_NOT_READY', message: '在助手的通讯录里找不到同伴' })

  const paused = await refusalOfPause(life.context.db, { robotId, operation: 'make_room' })
  if (paused) return paused
  if (!(await tenure.write((tx) => recordMaking(tx, { qunId })))) return done
  const outcome = await session.connection.perform({ type: 'make_room', name: qun.name, members })
  if (outcome.outcome === 'done' && outcome.room) {
    const { room } = outcome
    await tenure.write((tx) => heedLimit(tx, { robotId, operation: 'make_room', outcome }))
    const ids = await tenure.write((tx) => storeRooms(tx, { robotId, seen: [room], isComplete: false }))
    return open(life, qun, ids.get(room.username) ?? '')
  }
  // It may be there: the stream tells, or it is made anew half a minute later.
  if (outcome.outcome === 'done') return { code: 'OUTCOME_UNKNOWN', message: '微信没有说出新群的名称', isStopped: true }
  if (outcome.outcome === 'unknown') return failureOf(outcome)
  return fail(life, qun, failureOf(outcome), outcome)
}

async function open(life: RobotLife, qun: QunView, roomId: string): Promise<StepEnd> {
  await life.tenure.write(async (tx) => {
    if (!(await openQun(tx, { qunId: qun.id, roomId }))) return
    await greet(tx, life, { qun, roomId })
    await tellQun(tx, life, { qunId: qun.id, type: 'qun_created' })
  })
  void life.wake()
  return done
}

/** Says the greeting, once however often this is tried; without it the room is a room all the same. */
async function greet(tx: Tx, { context, tenure }: RobotLife, { qun, roomId }: { qun: QunView; roomId: string }) {
  const content = context.quns.greeting
  const message = {
    robotId: tenure.robotId,
    toUser: roomId,
    type: 'text',
    content,
    timeoutMs: greetingWithinMs,
  } as const
  await acceptMessage(tx, { ...message, idempotencyKey: `greeting-${qun.id}` }).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error
    context.log.warn({ qunId: qun.id, code: error.code }, 'greeting not accepted')
  })
}

async function fail(life: RobotLife, qun: QunView, end: StepEnd, outcome?: OperationOutcome): Promise<StepEnd> {
  const failure = 'message' in end ? end.message : ''
  const isCounted = outcome?.outcome !== 'unsent'
  await life.tenure.write(async (tx) => {
    if (outcome) await heedLimit(tx, { robotId: life.tenure.robotId, operation: 'make_room', outcome })
    const count = await recordMakingFailure(tx, { qunId: qun.id, failure, isCounted })
    const isNews = isCounted && count === 1 && !(outcome && isTooOften(outcome))
    if (isNews) await tellQun(tx, life, { qunId: qun.id, type: 'qun_failed', reason: failure })
  })
  return end
}
