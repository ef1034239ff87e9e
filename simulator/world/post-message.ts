import { appendToLogs } from '@/simulator/login/append-to-logs'
import { areFriends, findPersonOrThrow, findRoomOrThrow, isMember } from '@/simulator/world/find-person'
import { randomMessageId } from '@/simulator/world/random'
import type { Message, World } from '@/simulator/world/world'
import { touchWorld } from '@/simulator/world/world'
import { WorldError } from '@/simulator/world/world-error'

const maxMessagesPerChat = 2_000

export const fileHelper = 'filehelper'

export type Draft = Pick<Message, 'from' | 'type' | 'text' | 'via'> & Partial<Message>

export function privateChat(wxid: string, peer: string): string {
  return [wxid, peer].sort().join('|')
}

/** Posts a message in a room. Members get it at their next sync, including the sender unless it was sent on the web. */
export function postToRoom(world: World, roomId: string, draft: Draft): Message {
  const room = findRoomOrThrow(world, roomId)
  if (draft.from !== null && !isMember(room, draft.from)) {
    throw new WorldError('BAD_REQUEST', `${draft.from} is no member of ${roomId}`)
  }
  const readers = room.members.map((member) => member.wxid).concat(Object.keys(draft.textFor ?? {}))
  return post(world, { ...draft, chat: roomId, to: null }, readers)
}

/** Posts a message to one person. A person who is not a friend does not get it; the sender gets WeChat's system message. */
export function postToPerson(world: World, to: string, draft: Draft & { from: string }): Message {
  const chat = privateChat(draft.from, to)
  if (to === fileHelper) return post(world, { ...draft, chat, to }, [draft.from])

  const peer = findPersonOrThrow(world, to)
  findPersonOrThrow(world, draft.from)
  if (areFriends(world, to, draft.from)) return post(world, { ...draft, chat, to }, [draft.from, to])

  const message = post(world, { ...draft, chat, to }, [draft.from])
  const refusal = `${peer.nickname}开启了朋友验证，你还不是他（她）朋友。请先发送朋友验证请求，对方验证通过后，才能聊天。`
  postSystemLine(world, { from: to, to: draft.from, text: refusal })
  return message
}

/** Posts a system message in the private chat with `from`, visible only to `to`. */
export function postSystemLine(world: World, { from, to, text }: { from: string; to: string; text: string }): Message {
  const draft = { from: null, type: 'system', text, via: 'phone', textFor: { [to]: text } } as const
  return post(world, { ...draft, chat: privateChat(from, to), to: from }, [to])
}

/** Delivers the latest message of a room to its members once more, as the same message. */
export function redeliverInRoom(world: World, roomId: string): void {
  const { members } = findRoomOrThrow(world, roomId)
  const message = world.data.messages[roomId]?.at(-1)
  if (!message) throw new WorldError('NOT_FOUND', `there is no message in ${roomId}`)
  const readers = members.flatMap(({ wxid }) => (wxid === message.from ? [] : [wxid]))
  appendToLogs(world, readers, { kind: 'message', chat: roomId, messageId: message.id })
  touchWorld(world)
}

function post(world: World, draft: Draft & Pick<Message, 'chat' | 'to'>, readers: string[]): Message {
  const message: Message = {
    mediaId: null,
    fileName: null,
    ...draft,
    id: randomMessageId(),
    atMs: Date.now(),
  }
  const chat = (world.data.messages[message.chat] ??= [])
  chat.push(message)
  if (chat.length > maxMessagesPerChat) chat.splice(0, chat.length - maxMessagesPerChat)

  const receivers = new Set(message.via === 'web' ? readers.filter((wxid) => wxid !== message.from) : readers)
  appendToLogs(world, receivers, { kind: 'message', chat: message.chat, messageId: message.id })
  touchWorld(world)
  return message
}
