import { finishCommand } from '@/lib/command/finish-command'
import { claimNextCommand, type Command } from '@/lib/command/claim-next-command'
import { failWith } from '@/lib/errors'
import { findRoomUsername, storeRoomCode } from '@/lib/media/room-code'
import { lockRooms } from '@/lib/room/lock-rooms'
import { storeRooms } from '@/lib/room/store-rooms'
import { getLiveSession } from '@/lib/session/get-session'
import { refuseWaiting } from '@/worker/robots/end-session'
import type { OpenSession } from '@/worker/robots/open-session'
import type { RobotRunner } from '@/worker/robots/robot-runner'
import { sendNext } from '@/worker/robots/send-next'

/** Runs a robot's waiting room syncs, requests for rooms' QR codes, and sends, one at a time, in the order of acceptance. */
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
    const hasProgress = (await runNextCommand(runner, runner.session)) || (await sendNext(runner, runner.session))
    if (!hasProgress) return
  }
}

/** Runs the next command about rooms; returns whether there was one. */
async function runNextCommand(runner: RobotRunner, session: OpenSession): Promise<boolean> {
  if (!runner.mayHaveCommands) return false
  const { lease } = runner
  const { robotId } = lease
  // Before the query: a wake during it announces a command that the query may not see.
  runner.mayHaveCommands = false
  const claimed = lease.write((tx) => claimNextCommand(tx, { robotId, types: ['sync_rooms', 'room_code'] }))
  const command = await claimed.catch((error: unknown) => {
    runner.mayHaveCommands = true
    throw error
  })
  if (!command) return false
  runner.mayHaveCommands = true
  await (command.type === 'room_code' ? fetchRoomCode(runner, session, command) : sync(runner, session, command))
  return true
}

/** Stores the rooms that WeChat lists. Spec: 同步微信群列表. */
async function sync({ lease }: RobotRunner, session: OpenSession, command: Command): Promise<void> {
  const { robotId } = lease
  const listed = await session.connection.listRooms()
  if (listed.outcome === 'failed') {
    const end = { code: listed.code, sentence: listed.sentence }
    return lease.write((tx) => finishCommand(tx, command.id, end))
  }
  await lease.write(async (tx) => {
    await storeRooms(tx, { robotId, seen: listed.rooms, isComplete: true })
    await finishCommand(tx, command.id, { result: { roomCount: listed.rooms.length } })
  })
}

/** Stores the QR code of a room. Spec: E3 (capabilities). */
async function fetchRoomCode({ lease, context }: RobotRunner, session: OpenSession, command: Command): Promise<void> {
  const { robotId } = lease
  const roomId = command.payload?.roomId ?? ''
  const username = await findRoomUsername(context.db, { robotId, roomId })
  const fetched = username === null ? undefined : await session.connection.fetchRoomCode?.(username)
  await lease.write(async (tx) => {
    if (fetched?.outcome === 'failed') {
      const { code, sentence } = fetched
      return finishCommand(tx, command.id, { code, sentence })
    }
    if (!fetched) return finishCommand(tx, command.id, failWith('TARGET_NOT_FOUND', 'target_not_found'))
    const { contentType, bytes } = fetched
    await storeRoomCode(tx, { robotId, roomId, contentType, bytes })
    return finishCommand(tx, command.id, { result: {} })
  })
}
