import { failWith } from '@/lib/errors'
import { finishCommand } from '@/lib/command/finish-command'
import { type Command, claimNextCommand } from '@/lib/command/claim-next-command'
import { nextStep, type Step } from '@/lib/membership/next-step'
import { isAssistant } from '@/lib/robot/get-assistant'
import type { Assistant, GroupContext, GroupRobot } from '@/worker/groups/assistant'
import { acceptFriend } from '@/worker/groups/steps/accept-friend'
import { addByName } from '@/worker/groups/steps/add-by-name'
import { addMember } from '@/worker/groups/steps/add-member'
import { countMembers } from '@/worker/groups/steps/count-members'
import { dropJoinWay } from '@/worker/groups/steps/drop-join-way'
import { findNewCompanions } from '@/worker/groups/steps/find-companions'
import { findMember } from '@/worker/groups/steps/find-member'
import { lookUpOwner } from '@/worker/groups/steps/look-up-owner'
import { makeRoom } from '@/worker/groups/steps/make-room'
import { renameRoom } from '@/worker/groups/steps/rename-room'
import { setRemark } from '@/worker/groups/steps/set-remark'
import { takeGroup } from '@/worker/groups/steps/take-group'
import type { StepEnd } from '@/worker/groups/step-end'

/** Runs an assistant's due steps one at a time, commands first, until none is left. The sweep wakes the robot for postponed steps. */
export async function runGroupLoop(context: GroupContext, robot: GroupRobot): Promise<void> {
  const { lease } = robot
  if (!robot.session || !(await isAssistant(context.db, lease))) return
  if (robot.session.state === 'online' && robot.session.areRoomsKnown && lease.isValid()) {
    const { connection } = robot.session
    await findNewCompanions({ context, lease, connection, wake: () => robot.wake() })
  }
  while (!lease.isClosing && robot.session?.state === 'online' && robot.session.areRoomsKnown) {
    const assistant = { context, lease, connection: robot.session.connection, wake: () => robot.wake() }
    const command = await lease.write((tx) =>
      claimNextCommand(tx, { robotId: lease.robotId, types: ['make_room', 'add_member'] }),
    )
    if (command) {
      const end = await runCommand(assistant, command)
      await lease.write((tx) => finishCommand(tx, command.id, end))
      continue
    }
    const step = await nextStep(context.db, lease)
    if (!step || !lease.isValid()) return
    const end = await runStep(assistant, step)
    if ('code' in end && end.isStopped) return
  }
}

async function runCommand(assistant: Assistant, { type, payload }: Command): Promise<StepEnd> {
  if (!payload) return failWith('INTERNAL', 'request_incomplete')
  if (assistant.connection.joinWays)
    return type === 'add_member' ? findMember(assistant, payload) : takeGroup(assistant, payload.qunId ?? '')
  if (type === 'add_member') return addByName(assistant, payload)
  const lookup = await lookUpOwner(assistant, payload.qunId ?? '')
  return 'code' in lookup ? lookup : makeRoom(assistant, payload.qunId ?? '')
}

function runStep(assistant: Assistant, { type, id }: Step): Promise<StepEnd> {
  switch (type) {
    case 'look_up':
      return lookUpOwner(assistant, id)
    case 'accept':
      return acceptFriend(assistant, id)
    case 'remark':
      return setRemark(assistant, id)
    case 'make_room':
      return makeRoom(assistant, id)
    case 'rename':
      return renameRoom(assistant, id)
    case 'add':
      return addMember(assistant, id)
    case 'recount':
      return countMembers(assistant, id)
    case 'take_group':
      return takeGroup(assistant, id)
    case 'drop_join_way':
      return dropJoinWay(assistant, id)
  }
}
