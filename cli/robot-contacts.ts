import { Command, Option } from 'commander'
import { listFriendRequests } from '@/lib/address-book/friend-request'
import type { FriendRequestState } from '@/lib/address-book/friend-request'
import { friendRequestState } from '@/lib/db/schema/address-book'
import { listReachable } from '@/lib/message/list-reachable'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { readCursor, readPageSize, readRemark } from '@/cli/read-option'
import { requireRobot } from '@/cli/resolve'
import { type Action, withAction, withLongAction } from '@/cli/run-command'
import type { DecideOptions, MembersOptions, RemarkOptions } from '@/cli/robot-contact-actions'

const columns = {
  contacts: ['username', 'nickname', 'remark', 'isOwner'],
  friendRequests: ['id', 'nickname', 'greeting', 'state', 'requestedAt'],
  members: ['id', 'nickname', 'role', 'joinedAt'],
}

/** Loaded on demand, because the queue's libraries take longer to load than most commands to run. */
const loadActions = () => import('@/cli/robot-contact-actions')

/** `robot contacts`, `remark`, `friend-requests`, `accept-friend`, `refuse-friend` and `read-members`. Spec: D4 (commands). */
export function robotContacts(): Command[] {
  const withRobot = (command: Command) => command.requiredOption('--robot <id>', 'robot id')
  const withPage = (command: Command) => command.option('--limit <n>', 'rows of a page, 1 to 100', readPageSize, 50)
  const withRequest = (name: string, description: string) =>
    withRobot(new Command(name).description(description)).requiredOption('--request <id>', 'friend request id')
  const contacts = withPage(withRobot(new Command('contacts').description('list the people the robot can write to')))
    .option('--search <text>', 'part of the nickname or remark, or the complete id')
    .option('--cursor <id>', 'nextCursor of the previous page')
  const remark = withRobot(new Command('remark').description('set the remark of a contact in WeChat'))
    .requiredOption('--contact <id>', 'contact id')
    .requiredOption('--text <text>', 'up to 16 characters; empty: no remark', readRemark)
  const requests = withPage(withRobot(new Command('friend-requests').description('list friend requests, newest first')))
    .addOption(new Option('--state <state>', 'only those in this state').choices(friendRequestState.enumValues))
    .option('--cursor <n>', 'nextCursor of the previous page', readCursor)
  const accept = withRequest('accept-friend', 'accept a friend request')
  const refuse = withRequest('refuse-friend', 'refuse a friend request')
  const members = withRobot(new Command('read-members').description('read the members of a room from WeChat'))
    .requiredOption('--room <id>', 'room id')
    .option('--refresh', 'ask WeChat even if they were read in the last 10 minutes')
  const decide = (isAccepted: boolean) => async (db: Parameters<typeof requireRobot>[0], options: DecideOptions) =>
    (await loadActions()).decideFriend(db, { ...options, isAccepted })
  return [
    withAction(contacts, runContacts, columns),
    withLongAction<RemarkOptions>(remark, async (db, options) => (await loadActions()).setRemark(db, options)),
    withAction(requests, runRequests, columns),
    withLongAction<DecideOptions>(accept, decide(true)),
    withLongAction<DecideOptions>(refuse, decide(false)),
    withLongAction<MembersOptions>(
      members,
      async (db, options) => (await loadActions()).readRoomMembers(db, options),
      columns,
    ),
  ]
}

type ContactsOptions = { robot: string; search?: string; cursor?: string; limit: number }

const runContacts: Action<ContactsOptions> = async (tx, { robot: robotId, ...page }) => {
  await requireRobot(tx, robotId)
  const { connection } = await getAnyRobotOrThrow(tx, { robotId })
  const { rows, nextCursor } = await listReachable(tx, { robotId, connection, ...page })
  return { contacts: rows, nextCursor }
}

type RequestsOptions = { robot: string; state?: FriendRequestState; cursor?: number; limit: number }

const runRequests: Action<RequestsOptions> = async (tx, options) => {
  const { robot: robotId, state, cursor: beforeSequence, limit } = options
  await requireRobot(tx, robotId)
  const { rows, nextCursor } = await listFriendRequests(tx, { robotId, state, beforeSequence, limit })
  const friendRequests = rows.map(({ ticket: _ticket, sequence: _sequence, ...shown }) => shown)
  return { friendRequests, nextCursor }
}
