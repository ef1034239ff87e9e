import { listOpenCommands } from '@/lib/command/list-open-commands'
import type { WebContext } from '@/lib/http/web-context'
import { countSentByMinute } from '@/lib/message/count-sent-by-minute'
import { expectedWaitMs, sendIntervalMs } from '@/lib/message/expected-wait'
import { countWaitingMessages, listWaitingMessages, type WaitingMessage } from '@/lib/message/list-waiting-messages'
import { listCooldowns } from '@/lib/robot/cooldown'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { getSendPace, type SendPace } from '@/lib/robot/get-send-pace'
import { type AskerView, readAskers } from './askers'

export type WaitingView = Pick<WaitingMessage, 'id' | 'state' | 'type' | 'content' | 'roomName' | 'peerUsername'> & {
  /** 1 = the next; null = it is being sent. */
  position: number | null
  createdAt: string
  deadlineAt: string | null
  /** When its turn comes, at this pace; null = nobody knows, the robot is not online. */
  expectedAt: string | null
}

type Command = Awaited<ReturnType<typeof listOpenCommands>>[number]
export type CommandView = Pick<Command, 'id' | 'type' | 'state'> & {
  asker: AskerView | null
  createdAt: string
  deadlineAt: string
}

export type PacingView = {
  /** 0 = as fast as WeChat takes them. */
  ratePerMinute: number
  jitterPercent: number
  /** WeChat found it too often (1205): nothing is sent before; null = it did not. */
  restsUntil: string | null
  waitingCount: number
  /** The last waiting message's number, to cancel up to; null without any. */
  lastSequence: number | null
  /** The first of them. */
  waiting: WaitingView[]
  commands: CommandView[]
  /** By minute, the oldest first. */
  sent: { startsAt: string; count: number }[]
}

const shownMinutes = 30
const shownCommands = 20

/** How fast a robot may send, what waits for it and how it went lately. @throws AppError ROBOT_NOT_FOUND. */
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
    listOpenCommands(db, { robotId, limit: shownCommands }),
    countSentByMinute(db, { robotId, minutes: shownMinutes }),
  ])
  const restsUntil = cooldowns.find(({ operation }) => operation === 'send')?.until ?? null
  const askerOf = await readAskers(
    ctx,
    commands.map(({ actor }) => actor),
  )
  return {
    ratePerMinute: pace.ratePerMinute,
    jitterPercent: pace.jitterPercent,
    restsUntil: restsUntil?.toISOString() ?? null,
    waitingCount: waiting.count,
    lastSequence: waiting.lastSequence,
    waiting: viewWaiting(shown, { pace: robot.status === 'online' ? pace : null, restsUntil, nowMs: Date.now() }),
    commands: commands.map(({ actor, createdAt, deadlineAt, ...command }) => ({
      ...command,
      asker: askerOf(actor),
      createdAt: createdAt.toISOString(),
      deadlineAt: deadlineAt.toISOString(),
    })),
    sent: sent.map(({ startsAt, count }) => ({ startsAt: startsAt.toISOString(), count })),
  }
}

/** Gives each its place in the line and the time when its turn comes. */
function viewWaiting(
  messages: WaitingMessage[],
  { pace, restsUntil, nowMs }: { pace: SendPace | null; restsUntil: Date | null; nowMs: number },
): WaitingView[] {
  const restMs = Math.max(0, (restsUntil?.getTime() ?? 0) - nowMs)
  let ahead = 0
  return messages.map(({ createdAt, deadlineAt, ...message }) => {
    const position = message.state === 'queued' ? ++ahead : null
    const waitMs = pace && position && Math.max(restMs, expectedWaitMs(pace, 0)) + (position - 1) * sendIntervalMs(pace)
    return {
      ...message,
      position,
      createdAt: createdAt.toISOString(),
      deadlineAt: deadlineAt?.toISOString() ?? null,
      expectedAt: waitMs === null ? null : new Date(nowMs + waitMs).toISOString(),
    }
  })
}
