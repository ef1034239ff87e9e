import { retry } from '@/lib/retry'
import { readTicket } from '@/worker/gateway/protocol/read-message'
import { madeRoom } from '@/worker/gateway/protocol/shapes'
import { bareRoom, fetchRoom, lookUpPerson } from '@/worker/gateway/session/address-book'
import type { GatewaySession } from '@/worker/gateway/session/gateway-session'
import { toListFailure, toSendOutcome, WechatCallError } from '@/worker/wechat/errors'
import type {
  ContactSnapshot,
  ListMembersOutcome,
  Operation,
  OperationOutcome,
  RoomSnapshot,
} from '@/worker/wechat/port'

const callTimeoutMs = 30_000
const renameAttempts = 3
const acceptFriend = 3
const refuseFriend = 4
const saveToContacts = 3

type OnFailure = (error: unknown) => void

/** Performs one operation. Never throws; `onFailure` receives the error. */
export async function performOperation(
  session: GatewaySession,
  operation: Operation,
  onFailure: OnFailure,
): Promise<OperationOutcome> {
  try {
    return { outcome: 'done', room: await perform(session, operation, onFailure) }
  } catch (error) {
    onFailure(error)
    const outcome = toSendOutcome(error, 'send')
    return outcome.outcome === 'accepted' ? { outcome: 'done', room: null } : outcome
  }
}

/** Fetches the members of a room, this account included. Never throws. */
export async function listMembers(
  session: GatewaySession,
  room: string,
  onFailure: OnFailure,
): Promise<ListMembersOutcome> {
  try {
    const { room: snapshot, usernames } = await fetchRoom(session, room)
    return { outcome: 'listed', usernames, names: session.book.room(room)?.names ?? new Map(), room: snapshot }
  } catch (error) {
    onFailure(error)
    return toListFailure(error)
  }
}

async function perform(
  session: GatewaySession,
  operation: Operation,
  onFailure: OnFailure,
): Promise<RoomSnapshot | null> {
  const call = (path: string, body: Record<string, unknown>) =>
    session.client.call(path, { appId: session.position?.appId, ...body }, { timeoutMs: callTimeoutMs })
  const rename = (room: string, name: string) =>
    call('/group/modifyChatroomName', { chatroomId: room, chatroomName: name })
  switch (operation.type) {
    case 'make_room': {
      const made = madeRoom.safeParse(await call('/group/createChatroom', { wxids: operation.members }))
      if (!made.success) throw new WechatCallError('createChatroom', 'unanswered', 'no room id')
      const username = made.data.chatroomId
      const isNamed = await nameRoom(() => rename(username, operation.name), onFailure)
      // A room that is not saved is listed again only when a member speaks.
      await call('/group/saveContractList', { chatroomId: username, operType: saveToContacts }).catch(onFailure)
      return describeRoom(session, username, isNamed ? operation.name : '')
    }
    case 'rename_room':
      await rename(operation.room, operation.name)
      return describeRoom(session, operation.room, operation.name)
    case 'add_member':
    case 'invite_member':
      // WeChat decides whether the person is added or gets an invitation card.
      await call('/group/inviteMember', { chatroomId: operation.room, wxids: operation.username, reason: '' })
      return null
    case 'accept_friend': {
      const ticket = readTicket(operation.ticket)
      if (!ticket) throw new WechatCallError('addContacts', 'ret', 'a ticket of another kind', 0)
      await call('/contacts/addContacts', { option: acceptFriend, content: '', ...ticket })
      const person = await lookUpPerson(session, operation.username)
      await putContact(session, person ?? { username: operation.username, nickname: '', remark: '' })
      return null
    }
    case 'refuse_friend': {
      const ticket = readTicket(operation.ticket)
      if (!ticket) throw new WechatCallError('addContacts', 'ret', 'a ticket of another kind', 0)
      await call('/contacts/addContacts', { option: refuseFriend, content: '', ...ticket })
      return null
    }
    case 'set_remark': {
      // Assumed: the name of this call.
      await call('/contacts/setFriendRemark', { wxid: operation.username, remark: operation.remark })
      const person = session.book.contact(operation.username)
      if (person) await putContact(session, { ...person, remark: operation.remark })
      return null
    }
  }
}

/** Keeps and reports what an operation changed about a contact. */
async function putContact({ book, events }: GatewaySession, contact: ContactSnapshot): Promise<void> {
  book.putContact(contact)
  await events.push([{ type: 'contacts_changed', contacts: [contact], removed: [] }], null)
}

/**
 * Names a new room; false: the gateway refused the name a few times. The room exists, so no other one is made: it is reported
 * without a name.
 */
async function nameRoom(rename: () => Promise<unknown>, onFailure: OnFailure): Promise<boolean> {
  let isNamed = false
  const attempt = async () => {
    await rename()
    isNamed = true
  }
  await retry(attempt, {
    minMs: 1_000,
    maxMs: 4_000,
    onFailure: (error, failures) => {
      onFailure(error)
      if (failures >= renameAttempts) throw error
    },
  }).catch(() => undefined)
  return isNamed
}

/** Describes a room by a name that the gateway accepted, even if it does not show it yet. "": it accepted none. */
async function describeRoom(session: GatewaySession, username: string, name: string): Promise<RoomSnapshot> {
  const fetched = await fetchRoom(session, username).catch(() => null)
  const room = fetched?.room ?? bareRoom(username)
  return { ...room, name: name || room.name }
}
