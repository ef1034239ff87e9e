import { finishCommand } from '@/lib/command/finish-command'
import { claimNextCommand } from '@/lib/command/claim-next-command'
import { lockRooms } from '@/lib/room/lock-rooms'
import { storeRooms } from '@/lib/room/store-rooms'
import { getLiveSession } from '@/lib/session/get-session'
import { refuseWaiting } from '@/worker/robots/end-session'
import type { OpenSession } from '@/worker/robots/open-session'
import type { RobotRunner } from '@/worker/robots/robot-runner'
import { sendNext } from '@/worker/robots/send-next'

/** Runs a robot's waiting room syncs and sends, one at a time, in the order of acceptance. */
export async function runSendLoop(runner: RobotRunner): Promise<void> {
  const { lease } = runner
  if (!runner.session) {
    await lease.write(async (tx) => {
      // Waits for a login that is just being requested: its command must not be refused with the others.
      await lockRooms(tx, lease)
      if (!(await getLiveSession(tx, lease))) await refuseWaiting(tx, lease)
    })
  }
  runner.peeked = null
  while (!runner.lease.isClosing && runner.session?.state === 'online') {
    const hasProgress = (await syncNext(runner, runner.session)) || (await sendNext(runner, runner.session))
    if (!hasProgress) return
  }
}

/** Runs the next room sync; returns whether there was one. Spec: 同步微信群列表. */
async function syncNext(runner: RobotRunner, session: OpenSession): Promise<boolean> {
  if (!runner.mayHaveCommands) return false
  const { lease } = runner
  const { robotId } = lease
  // Before the query: a wake during it announces a command that the query may not see.
  runner.mayHaveCommands = false
  const claimed = lease.write((tx) => claimNextCommand(tx, { robotId, types: ['sync_rooms'] }))
  const command = await claimed.catch((error: unknown) => {
    runner.mayHaveCommands = true
    throw error
  })
  if (!command) return false
  runner.mayHaveCommands = true
  const listed = await session.connection.listRooms()
  if (listed.outcome === 'failed') {
    const end = { code: listed.code, sentence: listed.sentence }
    await lease.write((tx) => finishCommand(tx, command.id, end))
    return true
  }
  await lease.write(async (tx) => {
    await storeRooms(tx, { robotId, seen: listed.rooms, isComplete: true })
    await finishCommand(tx, command.id, { result: { roomCount: listed.rooms.length } })
  })
  return true
}
