import { tellingOfChanges } from '@/lib/callback/tell-of-changes'
import { tellOfLogin } from '@/lib/callback/tell-of-login'
import { tellOfMessage } from '@/lib/callback/tell-of-message'
import { finishOpenCommands } from '@/lib/command/finish-command'
import type { Tx } from '@/lib/db/client'
import { receiveMessage } from '@/lib/message/receive-message'
import { markRoomGone } from '@/lib/room/mark-room-gone'
import { storeRooms } from '@/lib/room/store-rooms'
import { recordCode, recordOnline, recordPosition, recordReconnecting, recordScan } from '@/lib/session/record-progress'
import type { Sealer } from '@/lib/secret'
import type { ReceivedMessage, WechatEvent } from '../wechat/port'
import { endSession } from './end-session'

type Target = { robotId: string; sessionId: string; publicUrl: string; sealer: Sealer }

/** What is to be done once the batch is committed. */
export type Aftermath = {
  /** Callback lanes that have something new. */
  lanes: Set<string>
  /** The session's state by now, where the batch changed it. */
  became: 'online' | 'reconnecting' | 'ended' | null
  /** Another WeChat account scanned: it is to be logged out again. */
  isOtherAccount: boolean
}

/** Stores a batch of WeChat's events and the position after them, in the owner's transaction (G3). */
export async function storeEvents(
  tx: Tx,
  target: Target,
  events: readonly WechatEvent[],
  position: string | null,
): Promise<Aftermath> {
  const aftermath: Aftermath = { lanes: new Set(), became: null, isOtherAccount: false }
  const { lane } = await tellingOfChanges(tx, target, async () => {
    for (const event of events) {
      await storeEvent(tx, target, event, aftermath)
      if (aftermath.became === 'ended') return
    }
  })
  addLane(aftermath, lane)
  if (aftermath.became === 'ended') return aftermath
  if (position !== null) {
    const { sessionId, sealer } = target
    await recordPosition(tx, { sessionId, credentialsSealed: sealer.seal(position, `session:${sessionId}`) })
  }
  return aftermath
}

async function storeEvent(tx: Tx, target: Target, event: WechatEvent, aftermath: Aftermath): Promise<void> {
  const { robotId, sessionId } = target
  switch (event.type) {
    case 'code':
      await recordCode(tx, { sessionId, content: event.content })
      return finishOpenCommands(tx, { robotId, types: ['login'] }, { result: { sessionId } })
    case 'code_failed':
      return finishOpenCommands(tx, { robotId, types: ['login'] }, { code: event.code, message: event.message })
    case 'scanned':
      return recordScan(tx, { sessionId, avatar: event.avatar })
    case 'online': {
      const outcome = await recordOnline(tx, { robotId, sessionId, account: event.account })
      if (outcome === 'other_account') {
        aftermath.isOtherAccount = true
        aftermath.became = 'ended'
        return endSession(tx, { robotId, sessionId, reason: 'other_account' })
      }
      if (outcome === 'first') addLane(aftermath, await tellOfLogin(tx, { sessionId }))
      aftermath.became = 'online'
      return
    }
    case 'reconnecting':
      aftermath.became = 'reconnecting'
      return recordReconnecting(tx, { sessionId })
    case 'offline':
      aftermath.became = 'ended'
      return endSession(tx, { robotId, sessionId, reason: event.reason })
    case 'rooms':
      await storeRooms(tx, { robotId, seen: event.rooms, isComplete: event.isComplete })
      return
    case 'room_left':
      return markRoomGone(tx, { robotId, username: event.username })
    case 'message':
      addLane(aftermath, await storeMessage(tx, target, event.message))
  }
}

async function storeMessage(tx: Tx, target: Target, message: ReceivedMessage): Promise<string | null> {
  const { robotId, publicUrl } = target
  const roomIds = message.room ? await storeRooms(tx, { robotId, seen: [message.room], isComplete: false }) : null
  const roomId = (message.room && roomIds?.get(message.room.username)) ?? null
  const mediaUrl = (mediaId: string) => `${publicUrl}/v1/media/${mediaId}`
  const stored = await receiveMessage(tx, { ...message, robotId, roomId }, { mediaUrl })
  if (!stored) return null
  return tellOfMessage(tx, { robotId, roomId, nickname: message.senderName, ...stored })
}

function addLane(aftermath: Aftermath, lane: string | null): void {
  if (lane) aftermath.lanes.add(lane)
}
