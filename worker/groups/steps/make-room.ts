import { hasStableIds } from '@/lib/connection/capabilities'
import { AppError, type Failure, failWith } from '@/lib/errors'
import { contractText } from '@/lib/sentence'
import { getContact, hasOpenFriendRequest } from '@/lib/membership/get-membership'
import { acceptMessage } from '@/lib/message/accept-message'
import type { Tx } from '@/lib/db/client'
import { getConnection } from '@/lib/robot/get-connection'
import { findRoomsByName } from '@/lib/room/list-rooms'
import { storeRooms } from '@/lib/room/store-rooms'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import type { QunView } from '@/lib/qun/qun-view'
import { clearNonceName, openQun, recordRoomRequest, recordRoomFailure } from '@/lib/qun/advance-qun'
import type { Assistant } from '@/worker/groups/assistant'
import type { OperationOutcome } from '@/worker/wechat/port'
import { findCompanions } from '@/worker/groups/steps/find-companions'
import { renameRoom } from '@/worker/groups/steps/rename-room'
import { done, toStepFailure, refuseDuringCooldown, type StepEnd } from '@/worker/groups/step-end'
import { recordQunEvent } from '@/worker/groups/record-qun-event'
import { isTooOften, updateCooldown } from '@/worker/wechat/update-cooldown'

const greetingTimeoutMs = 600_000

/**
 * Creates a qun's room once, under a secret name, and opens the qun. Uses an existing room of that name only if WeChat names the assistant
 * as its owner: a worker may have stopped after creating it. Does nothing while the owner is unknown or not yet a contact. Records a
 * refusal on the row; the step is retried later. Spec: 请求建群, B4 (POST /wxbot/qun).
 */
export async function makeRoom(assistant: Assistant, qunId: string): Promise<StepEnd> {
  const { lease, context, connection } = assistant
  const { robotId } = lease
  const qun = await getQunOrThrow(context.db, { qunId })
  if (qun.status !== 'pending_room' || !qun.ownerId) return done
  const existing = await openCreatedRoom(assistant, qun)
  if (existing) return existing
  if (await hasOpenFriendRequest(context.db, { qunId, contactId: qun.ownerId })) return done
  const owner = await getContact(context.db, { contactId: qun.ownerId })
  if (!owner?.username) return done
  const members = [...new Set([owner.username, ...(await findCompanions(assistant))])]
  if (members.length < 2) {
    return fail(assistant, qun, failWith('ASSISTANT_NOT_READY', 'companions_not_found_by_remark'))
  }

  const refusal = await refuseDuringCooldown(context.db, { robotId, operation: 'make_room' })
  if (refusal) return refusal
  const nonceName = await lease.write((tx) => recordRoomRequest(tx, { qunId }))
  if (nonceName === null) return done
  const outcome = await connection.perform({ type: 'make_room', name: nonceName, members })
  if (outcome.outcome === 'unknown') return toStepFailure(outcome)
  if (outcome.outcome !== 'done') return fail(assistant, qun, toStepFailure(outcome), outcome)
  const { room } = outcome
  const roomId = await lease.write(async (tx) => {
    await updateCooldown(tx, { robotId, operation: 'make_room', outcome })
    if (!room) return undefined
    const ids = await storeRooms(tx, { robotId, seen: [room], isComplete: false })
    // A durable id proves which room was created, even if its name was refused.
    return hasStableIds((await getConnection(tx, { robotId })).connection) ? ids.get(room.username) : undefined
  })
  if (roomId) return open(assistant, { qun: { ...qun, nonceName }, roomId })
  const opened = await openCreatedRoom(assistant, { ...qun, nonceName })
  // The stream reports the room; otherwise it is requested again after `roomRequestSettleSeconds`.
  return opened ?? { ...failWith('OUTCOME_UNKNOWN', 'room_name_unknown'), isStopped: true }
}

/** Opens the qun with the room that has its secret name and that WeChat says the assistant owns; returns null if no room has that name. */
async function openCreatedRoom(assistant: Assistant, qun: QunView): Promise<StepEnd | null> {
  const { lease, context, connection } = assistant
  const { robotId } = lease
  const { id: qunId, nonceName } = qun
  if (nonceName === null) return null
  const rooms = await findRoomsByName(context.db, { robotId, name: nonceName })
  for (const { id: roomId, username } of rooms) {
    const listed = await connection.listMembers(username)
    if (listed.outcome === 'failed') return { ...listed, isStopped: true }
    await lease.write((tx) => storeRooms(tx, { robotId, seen: [listed.room], isComplete: false }))
    if (listed.room.isOwn && listed.room.name === nonceName) return open(assistant, { qun, roomId })
    context.log.warn(
      { qunId, roomId, isOwn: listed.room.isOwn },
      'a room has the requested name, but the assistant does not own it',
    )
    if (listed.room.isOwn === false) await lease.write((tx) => clearNonceName(tx, { qunId }))
  }
  if (rooms.length === 0) return null
  return fail(assistant, qun, failWith('WECHAT_REFUSED', 'room_owner_unconfirmed'))
}

async function open(assistant: Assistant, { qun, roomId }: { qun: QunView; roomId: string }): Promise<StepEnd> {
  await assistant.lease.write(async (tx) => {
    if (!(await openQun(tx, { qunId: qun.id, roomId }))) return
    await greet(tx, assistant, { qun, roomId })
    await recordQunEvent(tx, assistant.context, { qunId: qun.id, type: 'qun_created' })
  })
  // A failed rename does not fail the room; it is retried.
  await renameRoom(assistant, qun.id)
  void assistant.wake()
  return done
}

/** Enqueues the greeting, once per qun; a failed greeting does not fail the room. */
async function greet(tx: Tx, { context, lease }: Assistant, { qun, roomId }: { qun: QunView; roomId: string }) {
  const message = {
    robotId: lease.robotId,
    toUser: roomId,
    type: 'text',
    content: context.greeting,
    timeoutMs: greetingTimeoutMs,
  } as const
  await acceptMessage(tx, { ...message, idempotencyKey: `greeting-${qun.id}` }).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error
    context.log.warn({ qunId: qun.id, code: error.code }, 'greeting not accepted')
  })
}

async function fail(assistant: Assistant, qun: QunView, end: Failure, outcome?: OperationOutcome): Promise<StepEnd> {
  const isCounted = outcome?.outcome !== 'unsent'
  await assistant.lease.write(async (tx) => {
    if (outcome) await updateCooldown(tx, { robotId: assistant.lease.robotId, operation: 'make_room', outcome })
    const count = await recordRoomFailure(tx, { qunId: qun.id, failure: end.sentence, isCounted })
    const isFirstFailure = isCounted && count === 1 && !(outcome && isTooOften(outcome))
    if (isFirstFailure)
      await recordQunEvent(tx, assistant.context, {
        qunId: qun.id,
        type: 'qun_failed',
        reason: contractText(end.sentence),
      })
  })
  return end
}
