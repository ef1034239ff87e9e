import { createLogger } from '@/lib/logger'
import type { RunningSimulator } from '@/simulator/start-simulator'
import { createWechatPort } from '@/worker/wechat/open-wechat-port'
import type { WechatConnection, WechatEvent } from '@/worker/wechat/port'

type EventOf<T extends WechatEvent['type']> = Extract<WechatEvent, { type: T }>
export type TestRobot = {
  connection: WechatConnection
  events: WechatEvent[]
  /** Returns the position stored last. */
  position(): string | null
  /** Resolves with the first event of this type that matches `fits`, from index `from` on. */
  next<T extends WechatEvent['type']>(
    type: T,
    fits?: (event: EventOf<T>) => boolean,
    from?: number,
  ): Promise<EventOf<T>>
  texts(): string[]
}
export type TestRobotOptions = {
  saved?: string | null
  beforeCommit?: (events: WechatEvent[]) => void
  isLeaseValid?: () => boolean
}

/** Opens a connection to a simulator and keeps its commits; `beforeCommit` can reject a batch by throwing. */
export function openTestRobot(
  simulator: Pick<RunningSimulator, 'origin'>,
  { saved = null, beforeCommit, isLeaseValid = () => true }: TestRobotOptions = {},
): TestRobot {
  const events: WechatEvent[] = []
  let position = saved
  let waiting: (() => void)[] = []
  const connection = createWechatPort({ wechatOrigin: simulator.origin }).open({
    robotId: 'rbt_test',
    saved,
    readPrevious: async () => null,
    isLeaseValid,
    log: createLogger({ level: 'silent', process: 'test' }),
    commitBatch: async (batch, next) => {
      beforeCommit?.(batch)
      events.push(...batch)
      position = next ?? position
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    },
  })
  return {
    connection,
    events,
    position: () => position,
    async next<T extends WechatEvent['type']>(type: T, fits: (event: EventOf<T>) => boolean = () => true, from = 0) {
      for (;;) {
        const match = events
          .slice(from)
          .find((event): event is EventOf<T> => event.type === type && fits(event as EventOf<T>))
        if (match) return match
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    texts: () => events.flatMap((event) => (event.type === 'message' ? [event.message.text] : [])),
  }
}
