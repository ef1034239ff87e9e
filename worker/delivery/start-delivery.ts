import { listDueLanes } from '@/lib/callback/list-due-lanes'
import { triesPerLane, tryTimeoutMs } from '@/lib/callback/try-limits'
import type { Db } from '@/lib/db/client'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { openGuardedAgent } from '@/lib/egress/open-guarded-agent'
import type { Logger } from '@/lib/logger'
import type { QueueBackend } from '@/lib/queue/backend'
import { deliveryQueue } from '@/lib/queue/catalog'
import { wakeLane } from '@/lib/queue/wake'
import type { Sealer } from '@/lib/secret'
import { deliverEvent } from './deliver-event'
import { LaneRunner } from './lane-runner'

/** Lanes woken by one look of the reconciler. */
const maxLanesWoken = 500

export type Delivery = {
  /** Lets tries under way end for `stopGraceMs`, then cuts them; those are due again at once. */
  stop(): Promise<void>
  /** Wakes lanes with due callbacks, wherever their jobs have gone (G5). */
  wakeDueLanes(): Promise<void>
}

export type DeliveryOptions = {
  db: Db
  queue: QueueBackend
  sealer: Sealer
  policy: EgressPolicy
  /** Seconds after the try before; a first 0 is the first try itself. */
  scheduleSeconds: readonly number[]
  /** Where operators are told of a paused endpoint; nowhere by default. */
  alertUrl?: string | null
  log: Logger
  /** Tries at once per lane in this process; `triesPerLane` by default. */
  slotsPerLane?: number
  /** For one try; `tryTimeoutMs` by default. */
  timeoutMs?: number
  /** 3 s by default. */
  stopGraceMs?: number
}

/**
 * Starts delivering callbacks in this process, beside any number of others: a claim in the row keeps them apart (G4).
 * A wake job only rings a lane's bell and ends, so that slow endpoints never hold the queue.
 */
export function startDelivery(options: DeliveryOptions): Delivery {
  const { db, queue, log, timeoutMs = tryTimeoutMs, slotsPerLane = triesPerLane, stopGraceMs = 3000 } = options
  const agent = openGuardedAgent(options.policy, { connections: 64, pipelining: 1 })
  const wake = (lane: string) => wakeLane({ queue, log }, lane)
  const context = { ...options, agent, timeoutMs, alertUrl: options.alertUrl ?? null, wake }
  const runner = new LaneRunner({
    db,
    log,
    slotsPerLane,
    // Longer than any try, so that no claim runs out under a worker that lives; not by much, for the sake of one that was killed.
    claimSeconds: Math.ceil(timeoutMs / 1000) + 10,
    deliver: (event) => deliverEvent(context, event),
  })
  const consumer = queue.consume(
    deliveryQueue,
    { deliverLane: async ({ lane }) => runner.wake(lane) },
    { concurrency: 10 },
  )
  let lastLane = ''

  return {
    async wakeDueLanes() {
      const lanes = await listDueLanes(db, { afterLane: lastLane, limit: maxLanesWoken })
      lastLane = lanes.length === maxLanesWoken ? (lanes.at(-1) ?? '') : ''
      for (const lane of lanes) if (!runner.isRunning(lane)) await wake(lane)
    },
    async stop() {
      await consumer.close()
      const grace = setTimeout(() => void agent.destroy(), stopGraceMs)
      await runner.stop()
      clearTimeout(grace)
      if (!agent.destroyed) await agent.destroy()
    },
  }
}
