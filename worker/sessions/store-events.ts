import { tellingOfChanges } from '@/lib/callback/tell-of-changes'
import { tellOfLogin } from '@/lib/callback/tell-of-login'
import { tellOfMessage } from '@/lib/callback/tell-of-message'
import { tellRobotEvent } from '@/lib/callback/tell-robot-event'
import { finishOpenCommands } from '@/lib/command/finish-command'
import type { Tx } from '@/lib/db/client'
import { forgetUsernames, recognizeContacts } from '@/lib/membership/recognize-contacts'
import { receiveMessage } from '@/lib/message/receive-message'
import { markRoomGone } from '@/lib/room/mark-room-gone'
import { storeRooms } from '@/lib/room/store-rooms'
import { recordCode, recordOnline, recordPosition, recordReconnecting, recordScan } from '@/lib/session/record-progress'
import type { Sealer } from '@/lib/secret'
import { storeGreeting, storeRoomChange } from '../quns/store-greeting'
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
  /** Quns have something to do. */
  isWorkDue: boolean
}

/** Stores a batch of WeChat's events and the position after them, in the owner's transaction (G3). */
export async function storeEvents(
  tx: Tx,
  target: Target,
  events: readonly WechatEvent[],
  position: string | null,
): Promise<Aftermath> {
  const aftermath: Aftermath = { lanes: new Set(), became: null, isOtherAccount: false, isWorkDue: false }
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
      if (outcome === 'first') {
        await forgetUsernames(tx, { robotId })
        addLane(aftermath, await tellOfLogin(tx, { sessionId }))
      }
      aftermath.became = 'online'
      return
    }
    case 'reconnecting':
      aftermath.became = 'reconnecting'
      return recordReconnecting(tx, { sessionId, cause: event.cause })
    case 'offline':
      aftermath.became = 'ended'
      return endSession(tx, { robotId, sessionId, reason: event.reason })
    case 'rooms': {
      const ids = await storeRooms(tx, { robotId, seen: event.rooms, isComplete: event.isComplete })
      return storeRoomChange(tx, [...ids.values()], aftermath)
    }
    case 'contacts':
      await recognizeContacts(tx, { robotId, listed: event.contacts })
      aftermath.isWorkDue = true
      return
    case 'friend_request': {
      const { greeting: text, ticket: friendTicket, ...person } = event.request
      const data = { nickname: person.nickname, content: text }
      addLane(aftermath, await tellRobotEvent(tx, { robotId, type: 'friend_request', data }))
      return storeGreeting(tx, target, { person, text, friendTicket }, aftermath)
    }
    case 'room_left':
      return markRoomGone(tx, { robotId, username: event.username })
    case 'message':
      return storeMessage(tx, target, event.message, aftermath)
  }
}

async function storeMessage(tx: Tx, target: Target, message: ReceivedMessage, aftermath: Aftermath): Promise<void> {
  const { robotId, publicUrl } = target
  const roomIds = message.room ? await storeRooms(tx, { robotId, seen: [message.room], isComplete: false }) : null
  const roomId = (message.room && roomIds?.get(message.room.username)) ?? null
  const mediaUrl = (mediaId: string) => `${publicUrl}/v1/media/${mediaId}`
  const stored = await receiveMessage(tx, { ...message, robotId, roomId }, { mediaUrl })
  if (!stored) return
  addLane(aftermath, await tellOfMessage(tx, { robotId, roomId, nickname: message.senderName, ...stored }))
  if (message.room || message.type !== 'text') return
  const person = { username: message.senderUsername, nickname: message.senderName }
  await storeGreeting(tx, target, { person, text: message.text, friendTicket: null }, aftermath)
}

function addLane(aftermath: Aftermath, lane: string | null): void {
  if (lane) aftermath.lanes.add(lane)
}
