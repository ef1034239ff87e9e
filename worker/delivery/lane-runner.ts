import { claimEvents, type ClaimedEvent } from '@/lib/callback/delivery/claim-events'
import { nextDueInMs } from '@/lib/callback/delivery/due-lanes'
import type { Db } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'

/** Maximum time until a retry that this process waits for; the sweep finds later ones. */
const nearRetryMs = 60_000

type Lane = { notify: () => void; isWoken: boolean }

/** Makes a lane claim events again: now, or after the current claim. */
function notify(lane: Lane): void {
  lane.isWoken = true
  lane.notify()
}

/** Runs lanes in this process, each with its own maximum of concurrent attempts, so that a slow lane delays no other. */
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
      /** Attempts one event and records the outcome. */
      deliver(event: ClaimedEvent): Promise<void>
    },
  ) {}

  /** Claims a lane's due events now, or after the current claim. */
  wake(laneKey: string): void {
    if (this.isStopping) return
    const running = this.lanes.get(laneKey)
    if (running) return notify(running)
    clearTimeout(this.timers.get(laneKey))
    this.timers.delete(laneKey)
    const lane: Lane = { notify: () => {}, isWoken: false }
    this.lanes.set(laneKey, lane)
    const run = this.drain(laneKey, lane)
      .catch((error: unknown) =>
        this.context.log.error({ err: error, lane: laneKey }, 'lane stopped, the sweep wakes it'),
      )
      .finally(() => this.runs.delete(run))
    this.runs.add(run)
  }

  isRunning(laneKey: string): boolean {
    return this.lanes.has(laneKey)
  }

  /** Stops claiming and waits for the attempts in progress. */
  async stop(): Promise<void> {
    this.isStopping = true
    for (const timer of this.timers.values()) clearTimeout(timer)
    for (const lane of this.lanes.values()) notify(lane)
    await Promise.all(this.runs)
  }

  private async drain(laneKey: string, lane: Lane): Promise<void> {
    const { db, slotsPerLane, claimSeconds, deliver, log } = this.context
    const inFlight = new Set<Promise<void>>()
    let claimedMs = performance.now()
    try {
      while (!this.isStopping) {
        lane.isWoken = false
        const free = slotsPerLane - inFlight.size
        if (free > 0) claimedMs = performance.now()
        const events = free > 0 ? await claimEvents(db, { lane: laneKey, limit: free, claimSeconds }) : []
        for (const event of events) {
          const delivery = deliver(event)
            .catch((error: unknown) =>
              log.error({ err: error, eventId: event.id }, 'attempt not recorded, its claim expires'),
            )
            .finally(() => {
              inFlight.delete(delivery)
              notify(lane)
            })
          inFlight.add(delivery)
        }
        if (lane.isWoken) continue
        if (inFlight.size === 0) break
        await new Promise<void>((resolve) => (lane.notify = resolve))
      }
    } finally {
      // Synchronously after the last claim, so that no wake is lost in between.
      this.lanes.delete(laneKey)
      await Promise.all(inFlight)
    }
    if (!this.isStopping) await this.waitForRetry(laneKey, claimedMs)
  }

  /** An event that became due since the last claim is not claimed yet, and wakes the lane at once. */
  private async waitForRetry(laneKey: string, claimedMs: number): Promise<void> {
    const waitMs = await nextDueInMs(this.context.db, { lane: laneKey, sinceMs: performance.now() - claimedMs })
    if (waitMs === null || waitMs > nearRetryMs || this.isStopping || this.lanes.has(laneKey)) return
    clearTimeout(this.timers.get(laneKey))
    const timer = setTimeout(
      () => {
        this.timers.delete(laneKey)
        this.wake(laneKey)
      },
      Math.ceil(waitMs) + 1,
    )
    this.timers.set(laneKey, timer)
  }
}
