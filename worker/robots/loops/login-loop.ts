import { failWith } from '@/lib/errors'
import { finishCommand } from '@/lib/command/finish-command'
import { claimNextCommand, type Command } from '@/lib/command/claim-next-command'
import { getLiveSession } from '@/lib/session/get-session'
import { endSession, refuseWaiting } from '@/worker/robots/end-session'
import type { NumberOutcome } from '@/worker/wechat/port'
import type { RobotRunner } from '@/worker/robots/robot-runner'

/** Runs a robot's waiting commands of logins, their numbers and logouts in order. */
export async function runLoginLoop(runner: RobotRunner): Promise<void> {
  while (!runner.lease.isClosing) {
    const command = await runner.lease.write((tx) =>
      claimNextCommand(tx, { robotId: runner.lease.robotId, types: ['login', 'logout', 'login_code'] }),
    )
    if (!command) return
    if (command.type === 'login') await logIn(runner, command)
    else if (command.type === 'login_code') await enterNumber(runner, command)
    else await logOut(runner, command)
  }
}

/** Opens the session. The event with the QR code finishes the command, not the scan. Spec: 微信登录. */
async function logIn(runner: RobotRunner, command: Command): Promise<void> {
  const { lease } = runner
  const stored = await lease.write(async (tx) => {
    const live = await getLiveSession(tx, lease)
    if (!live) await finishCommand(tx, command.id, failWith('ILLEGAL_ACTION', 'login_cancelled'))
    else if (live.state !== 'starting') await finishCommand(tx, command.id, { result: { sessionId: live.id } })
    return live
  })
  if (stored?.state === 'starting' && runner.session?.id !== stored.id) runner.open(stored)
}

/** Enters the number that the phone shows. Spec: E5 (iLink). */
async function enterNumber({ session, lease }: RobotRunner, command: Command): Promise<void> {
  const number = command.payload?.loginNumber ?? ''
  const outcome: NumberOutcome =
    session?.state === 'logging_in'
      ? await session.connection.enterNumber(number)
      : { outcome: 'failed', ...failWith('ILLEGAL_ACTION', 'number_not_needed') }
  const end = outcome.outcome === 'accepted' ? { result: {} } : { code: outcome.code, sentence: outcome.sentence }
  await lease.write((tx) => finishCommand(tx, command.id, end))
}

/** Logs out at WeChat, or cancels the login, and refuses waiting messages and commands. Spec: 退出登录. */
async function logOut(runner: RobotRunner, command: Command): Promise<void> {
  const { session, lease } = runner
  if (session) {
    const isLoggingIn = session.state === 'logging_in'
    await runner.close(session, ({ connection }) => (isLoggingIn ? connection.detach() : connection.logout()))
  }
  await lease.write(async (tx) => {
    const stored = await getLiveSession(tx, lease)
    const reason = stored?.onlineAt ? 'logged_out' : 'cancelled'
    const { actor } = command
    if (stored) await endSession(tx, { robotId: lease.robotId, sessionId: stored.id, reason, actor })
    else await refuseWaiting(tx, lease)
    await finishCommand(tx, command.id, { result: {} })
  })
}
