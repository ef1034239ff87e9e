import { recordLogin } from '@/lib/callback/event/login-event'
import { recordMessageFailed, recordMessageReceived } from '@/lib/callback/event/message-events'
import { recordEvent } from '@/lib/callback/event/record-event'
import { hasStableIds } from '@/lib/connection/capabilities'
import { finishOpenCommands } from '@/lib/command/finish-command'
import type { Tx } from '@/lib/db/client'
import { clearUsernames, recognizeContacts } from '@/lib/membership/recognize-contacts'
import { recordSendFailure } from '@/lib/message/record-send-failure'
import { receiveMessage } from '@/lib/message/receive-message'
import { getConnection } from '@/lib/robot/get-connection'
import { markRoomGone } from '@/lib/room/mark-room-gone'
import { type ReplyEvent, requestReplies } from '@/lib/reply/request-reply'
import { storeRooms } from '@/lib/room/store-rooms'
import {
  recordQrCode,
  recordNumberNeeded,
  recordOnline,
  recordPosition,
  recordReconnecting,
  recordScan,
} from '@/lib/session/record-session-state'
import type { Sealer } from '@/lib/secret'
import type { BatchHooks } from '@/worker/robots/context'
import type { ReceivedMessage, WechatEvent } from '@/worker/wechat/port'
import { endSession } from '@/worker/robots/end-session'

type Target = BatchHooks & {
  robotId: string
  sessionId: string
  publicUrl: string
  maxMediaBytes: number
  sealer: Sealer
}

/** Effects of a batch that its caller applies after the commit. */
export type BatchEffects = {
  /** null: the batch did not change the session's state. */
  newState: 'online' | 'reconnecting' | 'ended' | null
  /** Another WeChat account than before scanned the QR code; it must be logged out. */
  isOtherAccount: boolean
  /** A merchant group has a step to run. */
  isWorkDue: boolean
  /** Events to which the robot may reply automatically; stored with the batch. */
  replyEvents: ReplyEvent[]
}

/** Stores a batch of WeChat events and the position after it in the owner's transaction. Spec: G3 (receive exactly once). */
export async function storeBatch(
  tx: Tx,
  target: Target,
  events: readonly WechatEvent[],
  position: string | null,
): Promise<BatchEffects> {
  const effects: BatchEffects = { newState: null, isOtherAccount: false, isWorkDue: false, replyEvents: [] }
  for (const event of events) {
    await storeEvent(tx, target, event, effects)
    if (effects.newState === 'ended') break
  }
  const { robotId, sessionId, sealer } = target
  await requestReplies(tx, { robotId, events: effects.replyEvents })
  if (position !== null && effects.newState !== 'ended') {
    await recordPosition(tx, { sessionId, credentialsSealed: sealer.seal(position, `session:${sessionId}`) })
  }
  return effects
}

async function storeEvent(tx: Tx, target: Target, event: WechatEvent, effects: BatchEffects): Promise<void> {
  const { robotId, sessionId } = target
  switch (event.type) {
    case 'qr_code':
      await recordQrCode(tx, { sessionId, content: event.content, isCheck: event.isCheck })
      return finishOpenCommands(tx, { robotId, types: ['login'] }, { result: { sessionId } })
    case 'qr_code_failed':
      return finishOpenCommands(tx, { robotId, types: ['login'] }, { code: event.code, sentence: event.sentence })
    case 'number_needed':
      return recordNumberNeeded(tx, { sessionId })
    case 'scanned':
      return recordScan(tx, { sessionId, avatar: event.avatar })
    case 'online': {
      const outcome = await recordOnline(tx, { robotId, sessionId, account: event.account })
      if (outcome === 'other_account') {
        effects.isOtherAccount = true
        effects.newState = 'ended'
        return endSession(tx, { robotId, sessionId, reason: 'other_account' })
      }
      if (outcome === 'first') {
        const { connection } = await getConnection(tx, { robotId })
        if (!hasStableIds(connection)) await clearUsernames(tx, { robotId })
        await recordLogin(tx, { sessionId })
      }
      effects.newState = 'online'
      // Without a scan no QR code has ended it.
      return finishOpenCommands(tx, { robotId, types: ['login'] }, { result: { sessionId } })
    }
    case 'reconnecting':
      effects.newState = 'reconnecting'
      return recordReconnecting(tx, { sessionId, cause: event.cause })
    case 'offline':
      effects.newState = 'ended'
      return endSession(tx, { robotId, sessionId, reason: event.reason })
    case 'rooms': {
      const ids = await storeRooms(tx, { robotId, seen: event.rooms, isComplete: event.isComplete })
      if (await target.onRoomsChanged(tx, { robotId, roomIds: [...ids.values()] })) effects.isWorkDue = true
      return
    }
    case 'contacts':
      await recognizeContacts(tx, { robotId, listed: event.contacts })
      effects.isWorkDue = true
      return
    case 'friend_request': {
      const { greeting: text, ticket: friendTicket, ...person } = event.request
      const data = { nickname: person.nickname, content: text }
      await recordEvent(tx, { robotId, type: 'friend_request', data })
      if (await target.onPrivateMessage(tx, { robotId, person, text, friendTicket })) effects.isWorkDue = true
      return
    }
    case 'room_left':
      return markRoomGone(tx, { robotId, username: event.username })
    case 'send_failed': {
      const failed = await recordSendFailure(tx, { robotId, ...event })
      if (failed) await recordMessageFailed(tx, { robotId, ...failed, ...event })
      return
    }
    case 'members_joined': {
      const ids = await storeRooms(tx, { robotId, seen: [event.room], isComplete: false })
      const roomId = ids.get(event.room.username)
      if (!roomId) return
      const about = { roomId, messageId: null, peerUsername: null, callbackEventId: null }
      effects.replyEvents.push({ eventKey: `join:${event.wechatId}`, personName: event.names, ...about })
      return
    }
    case 'message':
      return storeMessage(tx, target, event.message, effects)
  }
}

async function storeMessage(tx: Tx, target: Target, message: ReceivedMessage, effects: BatchEffects): Promise<void> {
  const { robotId, publicUrl, maxMediaBytes } = target
  const roomIds = message.room ? await storeRooms(tx, { robotId, seen: [message.room], isComplete: false }) : null
  const roomId = (message.room && roomIds?.get(message.room.username)) ?? null
  const mediaUrl = (mediaId: string, fileName: string | null) =>
    `${publicUrl}/v1/media/${mediaId}${fileName ? `?name=${encodeURIComponent(fileName)}` : ''}`
  const stored = await receiveMessage(tx, { ...message, robotId, roomId }, { mediaUrl, maxMediaBytes })
  if (!stored) return
  const nickname = message.senderName
  const senderId = message.senderUsername
  const callbackEventId = await recordMessageReceived(tx, { robotId, roomId, nickname, senderId, ...stored })
  const { messageId } = stored
  const from = { roomId, peerUsername: roomId ? null : senderId, personName: nickname }
  effects.replyEvents.push({ eventKey: messageId, messageId, callbackEventId, ...from })
  if (message.room || message.type !== 'text') return
  const person = { username: message.senderUsername, nickname: message.senderName }
  const greeting = { robotId, person, text: message.text, friendTicket: null }
  if (await target.onPrivateMessage(tx, greeting)) effects.isWorkDue = true
}
