import { z } from 'zod'
import { fetchContacts } from './fetch-rooms'
import type { Line } from './line'
import type { ListMembersOutcome, Operation, OperationOutcome, RoomSnapshot } from './port'
import { toListFailure, toSendOutcome } from './wechat-errors'

type OnFailure = (error: unknown) => void

/** Carries out one operation. Never throws; `onFailure` sees what went wrong. What WeChat took is never told as anything else. */
export async function performOperation(
  line: Line,
  operation: Operation,
  onFailure: OnFailure,
): Promise<OperationOutcome> {
  try {
    return { outcome: 'done', room: await perform(line, operation) }
  } catch (error) {
    onFailure(error)
    const outcome = toSendOutcome(error, 'send')
    return outcome.outcome === 'taken' ? { outcome: 'done', room: null } : outcome
  }
}

/** Asks who is in a room now, the account itself included. Never throws. */
export async function listMembers(line: Line, room: string, onFailure: OnFailure): Promise<ListMembersOutcome> {
  try {
    await fetchContacts(line, [room])
    return { outcome: 'listed', usernames: line.book.memberUsernames(room), room: line.book.outline(room) }
  } catch (error) {
    onFailure(error)
    return toListFailure(error)
  }
}

async function perform(line: Line, operation: Operation): Promise<RoomSnapshot | null> {
  const { client } = line
  switch (operation.type) {
    case 'make_room':
      return makeRoom(line, operation)
    case 'add_member':
      await client.updateChatroom(operation.room, [operation.username], 'addmember')
      return null
    case 'invite_member':
      await client.updateChatroom(operation.room, [operation.username], 'invitemember')
      return null
    case 'accept_friend':
      await client.verifyUser(operation.username, operation.ticket)
      // The contact itself arrives by the stream, but what follows at once must find it in the book.
      await fetchContacts(line, [operation.username]).catch(() => undefined)
      return null
    case 'set_remark':
      await client.updateRemarkName(operation.username, operation.remark)
      return null
  }
}

const made = z.object({ ChatRoomName: z.string().startsWith('@@').max(200) })

async function makeRoom(
  line: Line,
  operation: Extract<Operation, { type: 'make_room' }>,
): Promise<RoomSnapshot | null> {
  const members = operation.members.map((UserName) => ({ UserName }))
  const answer = made.safeParse(await line.client.createChatroom(operation.name, members))
  // WeChat took it; a room without a name is found by what it is called once the stream tells of it.
  if (!answer.success) return null
  const username = answer.data.ChatRoomName
  line.book.noteRoom({ username, name: operation.name, memberCount: members.length + 1, wechatId: null })
  await fetchContacts(line, [username]).catch(() => undefined)
  return line.book.outline(username)
}
