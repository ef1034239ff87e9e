import { tellingOfChanges } from '@/lib/callback/tell-of-changes'
import { finishCommand } from '@/lib/command/finish-command'
import { takeNextCommand } from '@/lib/command/take-next-command'
import { wakeLane } from '@/lib/queue/wake'
import { storeRooms } from '@/lib/room/store-rooms'
import { getLiveSession } from '@/lib/session/get-live-session'
import { refuseWaiting } from './end-session'
import type { OpenSession } from './open-session'
import type { RobotLife } from './robot-life'
import { sendNext } from './send-next'

/** Carries out a robot's waiting room syncs and sends, one at a time, in the order of acceptance. */
export async function runTraffic(life: RobotLife): Promise<void> {
  const { tenure } = life
  if (!life.session) {
    await tenure.write(async (tx) => {
      if (!(await getLiveSession(tx, tenure))) await refuseWaiting(tx, tenure)
    })
  }
  while (!life.tenure.isClosing && life.session?.state === 'online') {
    const isAnyDone = (await syncNext(life, life.session)) || (await sendNext(life, life.session))
    if (!isAnyDone) return
  }
}

/** Spec: 同步微信群列表. */
async function syncNext(life: RobotLife, session: OpenSession): Promise<boolean> {
  const { tenure } = life
  const { robotId } = tenure
  const command = await tenure.write((tx) => takeNextCommand(tx, { robotId, types: ['sync_rooms'] }))
  if (!command) return false
  const listed = await session.connection.listRooms()
  if (listed.outcome === 'failed') {
    const end = { code: listed.code, message: listed.message }
    await tenure.write((tx) => finishCommand(tx, command.id, end))
    return true
  }
  const { lane } = await tenure.write((tx) =>
    tellingOfChanges(tx, tenure, async () => {
      await storeRooms(tx, { robotId, seen: listed.rooms, isComplete: true })
      await finishCommand(tx, command.id, { result: { roomCount: listed.rooms.length } })
    }),
  )
  if (lane) void wakeLane(life.context, lane)
  return true
}
