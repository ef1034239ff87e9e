import {
  getFriendRequestOrThrow,
  recordAcceptedElsewhere,
  recordFriendDecision,
} from '@/lib/address-book/friend-request'
import { storeRoomMembers } from '@/lib/address-book/room-members'
import { claimNextCommand, type Command } from '@/lib/command/claim-next-command'
import { type CommandEnd, finishCommand } from '@/lib/command/finish-command'
import { AppError, failWith } from '@/lib/errors'
import { findRoomUsername } from '@/lib/media/room-code'
import { findIdentifiedContact } from '@/lib/membership/get-membership'
import { recordRemark } from '@/lib/membership/advance-membership'
import { lockRooms } from '@/lib/room/lock-rooms'
import { storeRooms } from '@/lib/room/store-rooms'
import type { OpenSession } from '@/worker/robots/open-session'
import type { RobotRunner } from '@/worker/robots/robot-runner'
import type { OperationOutcome } from '@/worker/wechat/port'
import { updateCooldown } from '@/worker/wechat/update-cooldown'

const types = ['set_remark', 'accept_friend', 'refuse_friend', 'list_members'] as const

/** Runs a robot's waiting commands about people, one at a time: remarks, friend requests, members of rooms. */
export async function runContactLoop(runner: RobotRunner): Promise<void> {
  const { lease } = runner
  while (!lease.isClosing && runner.session?.state === 'online') {
    const { session } = runner
    const command = await lease.write((tx) => claimNextCommand(tx, { robotId: lease.robotId, types: [...types] }))
    if (!command) return
    await run(runner, session, command).catch(async (error: unknown) => {
      if (!(error instanceof AppError)) throw error
      const end = { code: error.code, sentence: error.options }
      await lease.write((tx) => finishCommand(tx, command.id, end))
    })
  }
}

async function run(runner: RobotRunner, session: OpenSession, command: Command): Promise<void> {
  if (command.type === 'set_remark') return setRemark(runner, session, command)
  if (command.type === 'list_members') return listMembers(runner, session, command)
  return decideFriend(runner, session, command)
}

/** Sets the remark of a contact; it then counts as a remark that a person wrote. Spec: B3 (assistant). */
async function setRemark({ lease }: RobotRunner, session: OpenSession, command: Command): Promise<void> {
  const { robotId } = lease
  const { username = '', remark = '', copiedName = null } = command.payload ?? {}
  const outcome = await session.connection.perform({ type: 'set_remark', username, remark })
  await lease.write(async (tx) => {
    await updateCooldown(tx, { robotId, operation: 'set_remark', outcome })
    const contact = await findIdentifiedContact(tx, { robotId, username })
    if (outcome.outcome === 'done' && contact) await recordRemark(tx, { contactId: contact.id, copiedName })
    await finishCommand(tx, command.id, endOf(outcome))
  })
}

/** Accepts or refuses a friend request. One that was accepted on the phone in the meantime counts as accepted. */
async function decideFriend(runner: RobotRunner, session: OpenSession, command: Command): Promise<void> {
  const { lease, context } = runner
  const { robotId } = lease
  const friendRequestId = command.payload?.friendRequestId ?? ''
  const request = await getFriendRequestOrThrow(context.db, { robotId, friendRequestId })
  const type = command.type === 'accept_friend' ? 'accept_friend' : 'refuse_friend'
  const { username, ticket } = request
  const isOpen = request.state === 'pending'
  const outcome: OperationOutcome = isOpen
    ? await session.connection.perform({ type, username, ticket })
    : { outcome: 'done', room: null }
  await lease.write(async (tx) => {
    if (type === 'accept_friend' && isOpen) await updateCooldown(tx, { robotId, operation: 'accept_friend', outcome })
    const state = type === 'accept_friend' ? 'accepted' : 'refused'
    if (outcome.outcome === 'done') await recordFriendDecision(tx, { friendRequestId, state, actor: command.actor })
    else await recordAcceptedElsewhere(tx, { robotId })
    const after = await getFriendRequestOrThrow(tx, { robotId, friendRequestId })
    await finishCommand(tx, command.id, after.state === state ? { result: {} } : endOf(outcome))
  })
}

/** Stores the members of a room as WeChat lists them now. */
async function listMembers({ lease, context }: RobotRunner, session: OpenSession, command: Command): Promise<void> {
  const { robotId } = lease
  const roomId = command.payload?.roomId ?? ''
  const username = await findRoomUsername(context.db, { robotId, roomId })
  const listed = username === null ? null : await session.connection.listMembers(username)
  await lease.write(async (tx) => {
    if (!listed) return finishCommand(tx, command.id, failWith('TARGET_NOT_FOUND', 'target_not_found'))
    if (listed.outcome === 'failed')
      return finishCommand(tx, command.id, { code: listed.code, sentence: listed.sentence })
    await lockRooms(tx, { robotId })
    // The stream does not report what this call returns.
    await storeRooms(tx, { robotId, seen: [listed.room], isComplete: false })
    const members = listed.usernames.map((name) => ({ username: name, nickname: listed.names.get(name) ?? '' }))
    await storeRoomMembers(tx, { robotId, roomId, members })
    return finishCommand(tx, command.id, { result: {} })
  })
}

function endOf(outcome: OperationOutcome): CommandEnd {
  if (outcome.outcome === 'done') return { result: {} }
  const code = outcome.outcome === 'unknown' ? 'OUTCOME_UNKNOWN' : outcome.code
  return { code, sentence: outcome.sentence }
}
