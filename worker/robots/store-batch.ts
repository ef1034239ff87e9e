import { expireFriendRequests, recordFriendRequest } from '@/lib/address-book/friend-request'
import { clearRoomMembers } from '@/lib/address-book/room-members'
import { putContacts, removeContacts, storeAddressBook } from '@/lib/address-book/store-address-book'
import { recordLogin } from '@/lib/callback/event/login-event'
import { recordMessageFailed, recordMessagesReceived, recordMessageSent } from '@/lib/callback/event/message-events'
import { recordEvent } from '@/lib/callback/event/record-event'
import { rememberPerson, reidentifyPeople } from '@/lib/conversation/reidentify-people'
import { recordServiceState } from '@/lib/conversation/service-handover'
import { finishOpenCommands } from '@/lib/command/finish-command'
import type { Tx } from '@/lib/db/client'
import { clearUsernames, recognizeContacts } from '@/lib/membership/recognize-contacts'
import { recordSendFailure } from '@/lib/message/record-send-failure'
import { recordWelcome, settleWelcome } from '@/lib/message/record-welcome'
import { receiveMessages } from '@/lib/message/receive-messages'
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
  /** People have other ids in each login. Spec: E4 (ids). */
  hasLoginIds: boolean
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
  for (let next = 0, event = events[next]; event && effects.newState !== 'ended'; event = events[next]) {
    const messages = takeMessages(events, next)
    next += messages.length || 1
    if (event.type === 'message') await storeMessages(tx, target, messages, effects)
    else await storeEvent(tx, target, event, effects)
  }
  const { robotId, sessionId, sealer } = target
  await requestReplies(tx, { robotId, events: effects.replyEvents })
  if (position !== null && effects.newState !== 'ended') {
    await recordPosition(tx, { sessionId, credentialsSealed: sealer.seal(position, `session:${sessionId}`) })
  }
  return effects
}

/** Returns the messages from `first` up to the next event of another kind. */
function takeMessages(events: readonly WechatEvent[], first: number): ReceivedMessage[] {
  const messages: ReceivedMessage[] = []
  for (let next = first, event = events[next]; event?.type === 'message'; event = events[++next])
    messages.push(event.message)
  return messages
}

/** After a new login the ids of people have changed: deletes or expires what depends on them. */
async function clearIdsOfLogin(tx: Tx, robot: { robotId: string }): Promise<void> {
  await clearUsernames(tx, robot)
  await storeAddressBook(tx, { ...robot, listed: [] })
  await expireFriendRequests(tx, robot)
  await clearRoomMembers(tx, robot)
}

async function storeEvent(
  tx: Tx,
  target: Target,
  event: Exclude<WechatEvent, { type: 'message' }>,
  effects: BatchEffects,
): Promise<void> {
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
        if (target.hasLoginIds) await clearIdsOfLogin(tx, { robotId })
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
      await storeAddressBook(tx, { robotId, listed: event.contacts })
      if (target.hasLoginIds) await reidentifyPeople(tx, { robotId, listed: event.contacts })
      effects.isWorkDue = true
      return
    case 'contacts_changed':
      await putContacts(tx, { robotId, people: event.contacts })
      return removeContacts(tx, { robotId, usernames: event.removed })
    case 'friend_request': {
      const { greeting: text, ticket: friendTicket, ...person } = event.request
      // Without an id WeChat cannot be requested to accept it.
      if (event.request.username) await recordFriendRequest(tx, { robotId, ...event.request })
      const data = { nickname: person.nickname, content: text }
      await recordEvent(tx, { robotId, type: 'friend_request', data })
      if (await target.onPrivateMessage(tx, { robotId, person, text, friendTicket })) effects.isWorkDue = true
      return
    }
    case 'room_left':
      return markRoomGone(tx, { robotId, username: event.username })
    case 'service_state':
      return recordServiceState(tx, { robotId, ...event })
    case 'chat_entered': {
      const { peerUsername, name: nickname, scene, sceneParam } = event
      const data = { from_user: peerUsername, nickname, scene, scene_param: sceneParam }
      return recordEvent(tx, { robotId, type: 'chat_entered', data })
    }
    case 'welcome_due':
      return recordWelcome(tx, { robotId, ...event })
    case 'welcome_sent':
      if (await settleWelcome(tx, event)) await recordMessageSent(tx, { robotId, ...event })
      return
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
  }
}

/** Stores messages without another event between them, in their order. */
async function storeMessages(
  tx: Tx,
  target: Target,
  messages: readonly ReceivedMessage[],
  effects: BatchEffects,
): Promise<void> {
  const { robotId, publicUrl, maxMediaBytes } = target
  const seen = messages.flatMap(({ room }) => room ?? [])
  const roomIds = await storeRooms(tx, { robotId, seen, isComplete: false })
  const incoming = messages.map(({ room, ...message }) => {
    return { ...message, roomId: (room && roomIds.get(room.username)) ?? null }
  })
  const mediaUrl = (mediaId: string, fileName: string | null) =>
    `${publicUrl}/v1/media/${mediaId}${fileName ? `?name=${encodeURIComponent(fileName)}` : ''}`
  const contents = await receiveMessages(tx, { robotId, incoming, mediaUrl, maxMediaBytes })
  const stored = incoming.flatMap((message, index) => {
    const content = contents[index]
    return content ? { ...message, ...content, room: messages[index]?.room ?? null } : []
  })
  const received = stored.map(({ roomId, messageId, content, senderName, senderUsername }) => {
    return { roomId, messageId, content, nickname: senderName, senderId: senderUsername }
  })
  const eventIds = await recordMessagesReceived(tx, { robotId, received })
  for (const [index, { messageId, roomId, room, type, text, ...from }] of stored.entries()) {
    const person = { username: from.senderUsername, nickname: from.senderName }
    const about = { roomId, peerUsername: roomId ? null : person.username, personName: person.nickname }
    effects.replyEvents.push({ eventKey: messageId, messageId, callbackEventId: eventIds[index] ?? null, ...about })
    if (!room && target.hasLoginIds) await rememberPerson(tx, { robotId, ...person })
    if (room || type !== 'text') continue
    if (await target.onPrivateMessage(tx, { robotId, person, text, friendTicket: null })) effects.isWorkDue = true
  }
}
