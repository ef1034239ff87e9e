import { z } from 'zod'
import { failWith } from '@/lib/errors'
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
    return { outcome: 'listed', usernames: session.book.memberUsernames(room), room: session.book.outline(room) }
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
      await renameRoom(session, operation)
      await fetchContacts(session, [operation.room]).catch(() => undefined)
      // WeChat accepted the name, even if it does not show it yet.
      return { ...session.book.outline(operation.room), name: operation.name }
    case 'add_member':
      await client.updateChatroom(operation.room, [operation.username], 'addmember')
      return null
    case 'invite_member':
      await client.updateChatroom(operation.room, [operation.username], 'invitemember')
      return null
    case 'accept_friend':
      await client.verifyUser(operation.username, operation.ticket)
      // The stream also delivers the contact, but the next step needs it now.
      await fetchContacts(session, [operation.username]).catch(() => undefined)
      return null
    case 'set_remark':
      await client.updateRemarkName(operation.username, operation.remark)
      return null
  }
}

/** The vendor client's own method hides WeChat's Ret, which decides about a retry. */
async function renameRoom({ client }: WechatSession, { room, name }: { room: string; name: string }): Promise<void> {
  await client.request({
    method: 'POST',
    url: String(client.CONF['API_webwxupdatechatroom']),
    params: { fun: 'modtopic' },
    data: { BaseRequest: client.getBaseRequest(), ChatRoomName: room, NewTopic: name },
  })
}

const made = z.object({ ChatRoomName: z.string().startsWith('@@').max(200) })

async function makeRoom(
  session: WechatSession,
  operation: Extract<Operation, { type: 'make_room' }>,
): Promise<RoomSnapshot | null> {
  const members = operation.members.map((UserName) => ({ UserName }))
  const response = made.safeParse(await session.client.createChatroom(operation.name, members))
  // WeChat accepted it; the caller finds the room by the requested name once the stream reports it.
  if (!response.success) return null
  const username = response.data.ChatRoomName
  session.book.addRoom({ username, name: operation.name, memberCount: members.length + 1, wechatId: null })
  await fetchContacts(session, [username]).catch(() => undefined)
  return session.book.outline(username)
}
