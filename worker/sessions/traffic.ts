import { finishCommand, type CommandEnd } from '@/lib/command/finish-command'
import { takeNextCommand } from '@/lib/command/take-next-command'
import { settleMessage, type MessageEnd } from '@/lib/message/settle-message'
import { takeNextMessage } from '@/lib/message/take-next-message'
import { getSendRate } from '@/lib/robot/get-send-rate'
import { storeRooms } from '@/lib/room/store-rooms'
import { getLiveSession } from '@/lib/session/get-live-session'
import { LeaseLostError } from '@/lib/session/lease'
import { refuseWaiting } from './end-session'
import type { OpenSession } from './open-session'
import { nextSendAtMs } from './pacing'
import type { RobotLife } from './robot-life'
import { sendMessage } from './send-message'

export type TrafficState = { lastSentAtMs: number }

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
  await tenure.write(async (tx) => {
    let end: CommandEnd
    if (listed.outcome === 'listed') {
      await storeRooms(tx, { robotId, seen: listed.rooms, isComplete: true })
      end = { result: { roomCount: listed.rooms.length } }
    } else end = { code: listed.code, message: listed.message }
    await finishCommand(tx, command.id, end)
  })
  return true
}

/** Spec: 发送消息. */
async function sendNext(life: RobotLife, session: OpenSession): Promise<boolean> {
  const { tenure, traffic, context } = life
  const rate = await getSendRate(context.db, tenure)
  await tenure.pause(nextSendAtMs(traffic.lastSentAtMs, rate, Math.random()) - performance.now())
  // A logout may have overtaken the wait.
  if (life.tenure.isClosing || session.state !== 'online') return true
  const send = await tenure.write((tx) => takeNextMessage(tx, tenure))
  if (!send) return false
  const end = await sendMessage(context, { send, connection: session.connection, mayCall: () => tenure.mayCall() })
  traffic.lastSentAtMs = performance.now()
  await settle(life, send.messageId, end)
  return true
}

/** What WeChat has taken must not stay open because the database was away: the end is written until it is, or the lease is lost. */
async function settle(life: RobotLife, messageId: string, end: MessageEnd): Promise<void> {
  const { tenure, context } = life
  for (let delayMs = 200; ; delayMs = Math.min(5000, delayMs * 2)) {
    try {
      return await tenure.write((tx) => settleMessage(tx, messageId, end))
    } catch (error) {
      if (error instanceof LeaseLostError || tenure.isOver) throw error
      context.log.warn({ err: error, messageId }, 'end of a message not written, trying again')
      await tenure.pause(delayMs)
    }
  }
}
