import { listDueLanes } from '@/lib/callback/delivery/due-lanes'
import { attemptsPerLane, attemptTimeoutMs } from '@/lib/callback/delivery/retry-schedule'
import type { Db } from '@/lib/db/client'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { openGuardedClient } from '@/lib/egress/open-guarded-client'
import type { Logger } from '@/lib/logger'
import type { QueueBackend } from '@/lib/queue/backend'
import { deliveryQueue } from '@/lib/queue/catalog'
import { wakeLane } from '@/lib/queue/wake'
import type { Sealer } from '@/lib/secret'
import { AttemptRecorder } from '@/worker/delivery/attempt-recorder'
import { deliverEvent } from '@/worker/delivery/deliver-event'
import { LaneRunner } from '@/worker/delivery/lane-runner'

/** Maximum lanes that one sweep wakes. */
const maxLanesWoken = 500

export type Delivery = {
  /** Delivers a lane's due events in this process; once it stops, a job wakes another one. */
  wake(lane: string): void
  /** Waits up to `stopGraceMs` for attempts in progress, then aborts them; their events are due again at once. */
  stop(): Promise<void>
  /** Wakes lanes with due events whose wake job was lost (the queue is disposable, G5). */
  wakeDueLanes(): Promise<void>
}

export type DeliveryOptions = {
  db: Db
  queue: QueueBackend
  sealer: Sealer
  policy: EgressPolicy
  /** Seconds after the previous attempt; a leading 0 stands for the first attempt. */
  scheduleSeconds: readonly number[]
  /** Webhook for alerts to operators; none by default. */
  alertUrl?: string | null
  log: Logger
  /** Maximum concurrent attempts per lane in this process; `attemptsPerLane` by default. */
  slotsPerLane?: number
  /** Maximum duration of one attempt; `attemptTimeoutMs` by default. */
  timeoutMs?: number
  /** Time for attempts in progress to end; 3 s by default. */
  stopGraceMs?: number
}

/**
 * Starts the delivery of events in this process. Any number of processes can run: a claim in the row assigns each event to
 * one (deliver at least once, G4). A wake job only notifies a lane and ends, so that a slow endpoint never blocks the queue.
 */
export function startDelivery(options: DeliveryOptions): Delivery {
  const { db, queue, log, timeoutMs = attemptTimeoutMs, slotsPerLane = attemptsPerLane, stopGraceMs = 3000 } = options
  const client = openGuardedClient(options.policy)
  const wake = (lane: string) => wakeLane({ queue, log }, lane)
  const context = {
    ...options,
    client,
    recorder: new AttemptRecorder(db),
    timeoutMs,
    alertUrl: options.alertUrl ?? null,
  }
  const runner = new LaneRunner({
    db,
    log,
    slotsPerLane,
    // Longer than any attempt, so that no claim of a living worker expires; little longer, so that a killed worker's expires soon.
    claimSeconds: Math.ceil(timeoutMs / 1000) + 10,
    deliver: (event) => deliverEvent(context, event),
  })
  const consumer = queue.consume(
    deliveryQueue,
    { deliverLane: async ({ lane }) => runner.wake(lane) },
    { concurrency: 10 },
  )
  let lastLane = ''
  let isStopping = false

  return {
    wake: (lane) => (isStopping ? void wake(lane) : runner.wake(lane)),
    async wakeDueLanes() {
      const lanes = await listDueLanes(db, { afterLane: lastLane, limit: maxLanesWoken })
      lastLane = lanes.length === maxLanesWoken ? (lanes.at(-1) ?? '') : ''
      for (const lane of lanes) if (!runner.isRunning(lane)) await wake(lane)
    },
    async stop() {
      isStopping = true
      await consumer.close()
      const grace = setTimeout(() => client.close(), stopGraceMs)
      await runner.stop()
      clearTimeout(grace)
      client.close()
    },
  }
}
