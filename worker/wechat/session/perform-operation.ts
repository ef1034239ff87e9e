import { z } from 'zod'
import { failWith } from '@/lib/errors'
import { acceptFriend, setRemark } from '@/worker/wechat/client/contact-calls'
import { changeMembers, createRoom, renameRoom } from '@/worker/wechat/client/room-calls'
import { fetchContacts } from '@/worker/wechat/session/fetch-rooms'
import type { WechatSession } from '@/worker/wechat/session/wechat-session'
import type { ListMembersOutcome, Operation, OperationOutcome, RoomSnapshot } from '@/worker/wechat/port'
import { toListFailure, toSendOutcome } from '@/worker/wechat/errors'

type OnFailure = (error: unknown) => void

/** Performs one operation. Never throws; `onFailure` receives the error. An operation that WeChat accepted is always reported as done. */
export async function performOperation(
  session: WechatSession,
  operation: Operation,
  onFailure: OnFailure,
): Promise<OperationOutcome> {
  try {
    return { outcome: 'done', room: await perform(session, operation) }
  } catch (error) {
    onFailure(error)
    const outcome = toSendOutcome(error, 'send')
    return outcome.outcome === 'accepted' ? { outcome: 'done', room: null } : outcome
  }
}

/** Fetches the members of a room, this account included. Never throws. */
export async function listMembers(
  session: WechatSession,
  room: string,
  onFailure: OnFailure,
): Promise<ListMembersOutcome> {
  try {
    const { left, empty } = await fetchContacts(session, [room])
    if (left.length > 0) void session.events.push([{ type: 'room_left', username: room }], null)
    if (empty.length > 0) return { outcome: 'failed', ...failWith('WECHAT_UNREADABLE', 'members_not_listed') }
    const { book } = session
    const usernames = book.memberUsernames(room)
    const names = new Map(usernames.map((username) => [username, book.memberName(room, username) ?? '']))
    return { outcome: 'listed', usernames, names, room: book.outline(room) }
  } catch (error) {
    onFailure(error)
    return toListFailure(error)
  }
}

async function perform(session: WechatSession, operation: Operation): Promise<RoomSnapshot | null> {
  const { client } = session
  switch (operation.type) {
    case 'make_room':
      return makeRoom(session, operation)
    case 'rename_room':
      await renameRoom(client, operation.room, operation.name)
      await fetchContacts(session, [operation.room]).catch(() => undefined)
      // WeChat accepted the name, even if it does not show it yet.
      return { ...session.book.outline(operation.room), name: operation.name }
    case 'add_member':
      await changeMembers(client, 'addmember', operation)
      return null
    case 'invite_member':
      await changeMembers(client, 'invitemember', operation)
      return null
    case 'accept_friend':
      await acceptFriend(client, operation.username, operation.ticket)
      // The stream also delivers the contact, but the next step needs it now.
      await fetchContacts(session, [operation.username]).catch(() => undefined)
      await reportContact(session, operation.username)
      return null
    case 'refuse_friend':
      // The web protocol has no call for it.
      return null
    case 'set_remark':
      await setRemark(client, operation.username, operation.remark)
      await reportContact(session, operation.username, { remark: operation.remark })
      return null
  }
}

/** Reports what an operation changed about a contact: the stream does not report what the book knows already. */
async function reportContact({ book, events }: WechatSession, username: string, change = {}): Promise<void> {
  const contact = book.contact(username)
  if (contact)
    await events.push([{ type: 'contacts_changed', contacts: [{ ...contact, ...change }], removed: [] }], null)
}

const made = z.object({ ChatRoomName: z.string().startsWith('@@').max(200) })

async function makeRoom(
  session: WechatSession,
  operation: Extract<Operation, { type: 'make_room' }>,
): Promise<RoomSnapshot | null> {
  const { name, members } = operation
  const response = made.safeParse(await createRoom(session.client, name, members))
  // WeChat accepted it; the caller finds the room by the requested name once the stream reports it.
  if (!response.success) return null
  const username = response.data.ChatRoomName
  session.book.addRoom({ username, name, memberCount: members.length + 1, wechatId: null })
  await fetchContacts(session, [username]).catch(() => undefined)
  return session.book.outline(username)
}
