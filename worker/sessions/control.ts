import { tellingOfChanges } from '@/lib/callback/tell-of-changes'
import { finishCommand } from '@/lib/command/finish-command'
import { takeNextCommand, type Command } from '@/lib/command/take-next-command'
import { wakeLane } from '@/lib/queue/wake'
import { getLiveSession } from '@/lib/session/get-live-session'
import { endSession, refuseWaiting } from './end-session'
import type { RobotLife } from './robot-life'

/** Carries out a robot's waiting logins and logouts, in order. */
export async function runControl(life: RobotLife): Promise<void> {
  while (!life.tenure.isClosing) {
    const command = await life.tenure.write((tx) =>
      takeNextCommand(tx, { robotId: life.tenure.robotId, types: ['login', 'logout'] }),
    )
    if (!command) return
    if (command.type === 'login') await logIn(life, command)
    else await logOut(life, command)
  }
}

/** Opens the attempt. The command ends when the code is there, as the attempt's events say. Spec: 微信登录. */
async function logIn(life: RobotLife, command: Command): Promise<void> {
  const { tenure } = life
  const stored = await tenure.write(async (tx) => {
    const live = await getLiveSession(tx, tenure)
    if (!live) await finishCommand(tx, command.id, { code: 'ILLEGAL_ACTION', message: '登录已取消' })
    else if (live.state !== 'starting') await finishCommand(tx, command.id, { result: { sessionId: live.id } })
    return live
  })
  if (stored?.state === 'starting' && life.session?.id !== stored.id) life.open(stored)
}

/** Logs out at WeChat, or cancels the attempt, and refuses what waits. Spec: 退出登录. */
async function logOut(life: RobotLife, command: Command): Promise<void> {
  const { session, tenure } = life
  if (session) {
    const isAttempt = session.state === 'attempt'
    await life.close(session, ({ connection }) => (isAttempt ? connection.detach() : connection.logout()))
  }
  const lane = await tenure.write(async (tx) => {
    const stored = await getLiveSession(tx, tenure)
    const reason = stored?.onlineAt ? 'logged_out' : 'cancelled'
    const told = await tellingOfChanges(tx, tenure, async () => {
      const { actor } = command
      if (stored) await endSession(tx, { robotId: tenure.robotId, sessionId: stored.id, reason, actor })
      else await refuseWaiting(tx, tenure)
    })
    await finishCommand(tx, command.id, { result: {} })
    return told.lane
  })
  if (lane) void wakeLane(life.context, lane)
}
