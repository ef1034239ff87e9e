import { finishCommand } from '@/lib/command/finish-command'
import { type Command, takeNextCommand } from '@/lib/command/take-next-command'
import { nextStep, type Step } from '@/lib/membership/next-step'
import { isAssistant } from '@/lib/robot/get-assistant'
import type { OpenSession } from '../sessions/open-session'
import type { RobotLife } from '../sessions/robot-life'
import { acceptFriend } from './accept-friend'
import { addByName } from './add-by-name'
import { addMember } from './add-member'
import { countMembers } from './count-members'
import { lookUpOwner } from './look-up-owner'
import { makeRoom } from './make-room'
import { setRemark } from './set-remark'
import type { StepEnd } from './step-end'

/** Takes an assistant's steps one at a time, commands first, until nothing can be done now. What is put off is woken by the sweep. */
export async function runQuns(life: RobotLife): Promise<void> {
  const { tenure, context } = life
  if (!life.session || !(await isAssistant(context.db, tenure))) return
  while (!tenure.isClosing && life.session?.state === 'online' && life.session.areRoomsKnown) {
    const { session } = life
    const command = await tenure.write((tx) =>
      takeNextCommand(tx, { robotId: tenure.robotId, types: ['make_room', 'add_member'] }),
    )
    if (command) {
      const end = await carryOut(life, session, command)
      await tenure.write((tx) => finishCommand(tx, command.id, end))
      continue
    }
    const step = await nextStep(context.db, tenure)
    if (!step || !tenure.mayCall()) return
    const end = await take(life, session, step)
    if ('code' in end && end.isStopped) return
  }
}

async function carryOut(life: RobotLife, session: OpenSession, { type, payload }: Command): Promise<StepEnd> {
  if (!payload) return { code: 'INTERNAL', message: '请求不完整' }
  if (type === 'add_member') return addByName(life, session, payload)
  const found = await lookUpOwner(life, session, payload.qunId)
  return 'code' in found ? found : makeRoom(life, session, payload.qunId)
}

function take(life: RobotLife, session: OpenSession, { type, id }: Step): Promise<StepEnd> {
  switch (type) {
    case 'look_up':
      return lookUpOwner(life, session, id)
    case 'accept':
      return acceptFriend(life, session, id)
    case 'remark':
      return setRemark(life, session, id)
    case 'make_room':
      return makeRoom(life, session, id)
    case 'add':
      return addMember(life, session, id)
    case 'recount':
      return countMembers(life, session, id)
  }
}
