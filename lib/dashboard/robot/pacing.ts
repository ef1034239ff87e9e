import { listOpenCommands } from '@/lib/command/list-open-commands'
import type { WebContext } from '@/lib/http/web-context'
import {
  countSentByMinute,
  countWaitingMessages,
  listWaitingMessages,
  type WaitingMessage,
} from '@/lib/message/send-queue'
import { expectedWaitMs, sendIntervalMs } from '@/lib/message/expected-wait'
import { listCooldowns } from '@/lib/robot/cooldown'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { getSendPace, type SendPace } from '@/lib/robot/send-pace'
import { type RequesterView, readRequesters } from '@/lib/dashboard/audit/requesters'

export type WaitingView = Pick<WaitingMessage, 'id' | 'state' | 'type' | 'content' | 'roomName' | 'peerName'> & {
  /** Position in the queue, from 1; null: the message is being sent. */
  position: number | null
  createdAt: string
  deadlineAt: string | null
  /** Expected send time at the current pace; null: unknown, because the robot is not online. */
  expectedAt: string | null
}

type Command = Awaited<ReturnType<typeof listOpenCommands>>[number]
export type CommandView = Pick<Command, 'id' | 'type' | 'state'> & {
  requester: RequesterView | null
  createdAt: string
  deadlineAt: string
}

export type PacingView = {
  /** 0: no limit. */
  ratePerMinute: number
  jitterPercent: number
  /** End of the pause after WeChat reported rate limiting (1205); null: no pause. */
  cooldownUntil: string | null
  waitingCount: number
  /** The sequence of the last waiting message, up to which an operator can cancel; null: no message waits. */
  lastSequence: number | null
  /** The first waiting messages. */
  waiting: WaitingView[]
  commands: CommandView[]
  /** Sent messages per minute, oldest first. */
  sent: { startsAt: string; count: number }[]
}

const chartMinutes = 30
const maxCommands = 20

/** Returns a robot's pace, its waiting messages and commands, and its recent sends. @throws AppError ROBOT_NOT_FOUND. */
export async function readPacing(
  ctx: WebContext,
  { robotId, limit }: { robotId: string; limit: number },
): Promise<PacingView> {
  const { db } = ctx
  const robot = await getAnyRobotOrThrow(db, { robotId })
  const [pace, cooldowns, waiting, shown, commands, sent] = await Promise.all([
    getSendPace(db, { robotId }),
    listCooldowns(db, { robotId }),
    countWaitingMessages(db, { robotId }),
    listWaitingMessages(db, { robotId, limit }),
    listOpenCommands(db, { robotId, limit: maxCommands }),
    countSentByMinute(db, { robotId, minutes: chartMinutes }),
  ])
  const cooldownUntil = cooldowns.find(({ operation }) => operation === 'send')?.until ?? null
  const requesterOf = await readRequesters(
    ctx,
    commands.map(({ actor }) => actor),
  )
  return {
    ratePerMinute: pace.ratePerMinute,
    jitterPercent: pace.jitterPercent,
    cooldownUntil: cooldownUntil?.toISOString() ?? null,
    waitingCount: waiting.count,
    lastSequence: waiting.lastSequence,
    waiting: viewWaiting(shown, { pace: robot.status === 'online' ? pace : null, cooldownUntil, nowMs: Date.now() }),
    commands: commands.map(({ actor, createdAt, deadlineAt, ...command }) => ({
      ...command,
      requester: requesterOf(actor),
      createdAt: createdAt.toISOString(),
      deadlineAt: deadlineAt.toISOString(),
    })),
    sent: sent.map(({ startsAt, count }) => ({ startsAt: startsAt.toISOString(), count })),
  }
}

/** Adds to each message its position in the queue and its expected send time. */
function viewWaiting(
  messages: WaitingMessage[],
  { pace, cooldownUntil, nowMs }: { pace: SendPace | null; cooldownUntil: Date | null; nowMs: number },
): WaitingView[] {
  const cooldownMs = Math.max(0, (cooldownUntil?.getTime() ?? 0) - nowMs)
  let ahead = 0
  return messages.map(({ createdAt, deadlineAt, ...message }) => {
    const position = message.state === 'queued' ? ++ahead : null
    const waitMs =
      pace && position && Math.max(cooldownMs, expectedWaitMs(pace, 0)) + (position - 1) * sendIntervalMs(pace)
    return {
      ...message,
      position,
      createdAt: createdAt.toISOString(),
      deadlineAt: deadlineAt?.toISOString() ?? null,
      expectedAt: waitMs === null ? null : new Date(nowMs + waitMs).toISOString(),
    }
  })
}
