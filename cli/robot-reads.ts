import { Command } from 'commander'
import { listMessagesWith } from '@/lib/conversation/list-messages-with'
import { listRoomMembers } from '@/lib/membership/list-room-members'
import { findRoom } from '@/lib/room/find-room'
import { readCursor, readPageSize } from '@/cli/read-option'
import { requireRobot } from '@/cli/resolve'
import { type Action, withAction } from '@/cli/run-command'

const columns = {
  messages: ['createdAt', 'direction', 'state', 'roomName', 'peerUsername', 'senderName', 'content'],
  members: ['id', 'nickname', 'role', 'joinedAt'],
}

/** `robot messages` and `robot members`. Spec: D4 (commands). */
export function robotReads(): Command[] {
  const withRobot = (command: Command) => command.requiredOption('--robot <id>', 'robot id')
  const withPage = (command: Command) => command.option('--limit <n>', 'rows of a page, 1 to 100', readPageSize, 50)
  const messages = withPage(withRobot(new Command('messages').description('list messages, newest first')))
    .option('--with <id>', 'only those with this room or person')
    .option('--cursor <n>', 'nextCursor of the previous page', readCursor)
  const members = withPage(withRobot(new Command('members').description('list the members of a room')))
    .requiredOption('--room <id>', 'room id')
    .option('--cursor <id>', 'nextCursor of the previous page')
  return [withAction(messages, runMessages, columns), withAction(members, runMembers, columns)]
}

const runMessages: Action<{ robot: string; with?: string; cursor?: number; limit: number }> = async (tx, options) => {
  const { robot: robotId, with: toUser, cursor: beforeSequence, limit } = options
  await requireRobot(tx, robotId)
  const { rows, nextCursor } = await listMessagesWith(tx, { robotId, toUser, beforeSequence, limit })
  return { messages: rows, nextCursor }
}

const runMembers: Action<{ robot: string; room: string; cursor?: string; limit: number }> = async (tx, options) => {
  const { robot: robotId, room: roomId, cursor, limit } = options
  await requireRobot(tx, robotId)
  const room = await findRoom(tx, { robotId, room: roomId })
  if (!room) throw new Error(`The robot has no room ${roomId}.`)
  const { rows, ...others } = await listRoomMembers(tx, { roomId: room.id, cursor, limit })
  return { ...others, members: rows }
}
