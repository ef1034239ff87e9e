import { claimEvents, type ClaimedEvent } from '@/lib/callback/claim-events'
import { nextDueInMs } from '@/lib/callback/next-due-in'
import type { Db } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'

/** Retries nearer than this are waited for in memory; the reconciler finds the others. */
const nearRetryMs = 60_000

type Lane = { ring: () => void; isWoken: boolean }

/** Makes a lane look again: now, or right after the look under way. */
function ringAt(lane: Lane): void {
  lane.isWoken = true
  lane.ring()
}

/** Runs lanes in this process: each on its own, with a budget of tries at once, so that a slow one holds nobody up. */
export class LaneRunner {
  private readonly lanes = new Map<string, Lane>()
  private readonly runs = new Set<Promise<void>>()
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private isStopping = false

  constructor(
    private readonly context: {
      db: Db
      log: Logger
      slotsPerLane: number
      claimSeconds: number
      /** Tries one event and records how it went. */
      deliver(event: ClaimedEvent): Promise<void>
    },
  ) {}

  /** Looks at a lane's due events now, or as soon as the look under way has ended. */
  wake(name: string): void {
    if (this.isStopping) return
    const running = this.lanes.get(name)
    if (running) return ringAt(running)
    clearTimeout(this.timers.get(name))
    this.timers.delete(name)
    const lane: Lane = { ring: () => {}, isWoken: false }
    this.lanes.set(name, lane)
    const run = this.drain(name, lane)
      .catch((error: unknown) =>
        this.context.log.error({ err: error, lane: name }, 'lane stopped, the reconciler wakes it'),
      )
      .finally(() => this.runs.delete(run))
    this.runs.add(run)
  }

  isRunning(name: string): boolean {
    return this.lanes.has(name)
  }

  /** Claims nothing more and waits for the tries under way. */
  async stop(): Promise<void> {
    this.isStopping = true
    for (const timer of this.timers.values()) clearTimeout(timer)
    for (const lane of this.lanes.values()) ringAt(lane)
    await Promise.all(this.runs)
  }

  private async drain(name: string, lane: Lane): Promise<void> {
    const { db, slotsPerLane, claimSeconds, deliver, log } = this.context
    const inFlight = new Set<Promise<void>>()
    try {
      while (!this.isStopping) {
        lane.isWoken = false
        const free = slotsPerLane - inFlight.size
        const events = free > 0 ? await claimEvents(db, { lane: name, limit: free, claimSeconds }) : []
        for (const event of events) {
          const delivery = deliver(event)
            .catch((error: unknown) =>
              log.error({ err: error, eventId: event.id }, 'try not recorded, its claim runs out'),
            )
            .finally(() => {
              inFlight.delete(delivery)
              ringAt(lane)
            })
          inFlight.add(delivery)
        }
        if (lane.isWoken) continue
        if (inFlight.size === 0) break
        await new Promise<void>((resolve) => (lane.ring = resolve))
      }
    } finally {
      // At once after the last look, so that no wake falls between.
      this.lanes.delete(name)
      await Promise.all(inFlight)
    }
    if (!this.isStopping) await this.waitForRetry(name)
  }

  private async waitForRetry(name: string): Promise<void> {
    const waitMs = await nextDueInMs(this.context.db, { lane: name })
    if (waitMs === null || waitMs > nearRetryMs || this.isStopping || this.lanes.has(name)) return
    clearTimeout(this.timers.get(name))
    const timer = setTimeout(
      () => {
        this.timers.delete(name)
        this.wake(name)
      },
      Math.ceil(waitMs) + 1,
    )
    this.timers.set(name, timer)
  }
}
