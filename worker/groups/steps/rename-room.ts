import { sentenceOf } from '@/lib/sentence'
import { lettersOf } from '@/lib/membership/find-by-name'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { recordRoomFailure, recordRoomNamed } from '@/lib/qun/advance-qun'
import { storeRooms } from '@/lib/room/store-rooms'
import type { Assistant } from '@/worker/groups/assistant'
import { done, toStepFailure, refuseDuringCooldown, type StepEnd } from '@/worker/groups/step-end'
import { updateCooldown } from '@/worker/wechat/update-cooldown'

/** Refusals of a name after which a plain one is requested. */
const maxRefusals = 3
const maxPlainLength = 16

/**
 * Replaces the secret name of a qun's room with the final name, unless a person has renamed the room, or gives the room the name that an
 * operator chose. Spec: B4 (POST /wxbot/qun).
 */
export async function renameRoom(assistant: Assistant, qunId: string): Promise<StepEnd> {
  const { lease, context, connection } = assistant
  const { robotId } = lease
  const qun = await getQunOrThrow(context.db, { qunId })
  const { state, nonceName, isRenameDue, roomName, roomUsername } = qun
  if (state !== 'open' || (nonceName === null && !isRenameDue) || !roomUsername) return done
  if (roomName && (!isRenameDue || roomName === qun.name)) {
    await lease.write((tx) => recordRoomNamed(tx, { qunId, name: qun.name }))
    return done
  }
  const operation = 'rename_room'
  const refusal = await refuseDuringCooldown(context.db, { robotId, operation })
  if (refusal) return refusal
  const name = qun.failureCount < maxRefusals ? qun.name : plainName(qun.name)
  const outcome = await connection.perform({ type: operation, room: roomUsername, name })
  await lease.write(async (tx) => {
    await updateCooldown(tx, { robotId, operation, outcome })
    if (outcome.outcome === 'done') {
      if (outcome.room) await storeRooms(tx, { robotId, seen: [outcome.room], isComplete: false })
      return recordRoomNamed(tx, { qunId, name: qun.name })
    }
    const isCounted = outcome.outcome === 'refused'
    await recordRoomFailure(tx, {
      qunId,
      failure: sentenceOf('room_not_renamed', { cause: outcome.sentence }),
      isCounted,
    })
  })
  return outcome.outcome === 'done' ? done : toStepFailure(outcome)
}

/** Returns a name that WeChat can have no reason to refuse: only letters and digits, and its end, which may bind it to an agent_id. */
function plainName(name: string): string {
  const plain = Array.from(lettersOf(name))
  const end = plain.slice(-maxPlainLength).join('')
  return end === name ? `群${plain.slice(1 - maxPlainLength).join('')}` : end || '微信群'
}
