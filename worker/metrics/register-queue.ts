import { Gauge, type Registry } from 'prom-client'
import { withDeadline } from '@/lib/deadline'
import type { QueueBackend } from '@/lib/queue/backend'
import { claimQueue, deliveryQueue, scheduledQueue, workerQueue } from '@/lib/queue/catalog'

/** A scrape waits no longer for the server of the queue; its gauges are then missing. */
const countTimeoutMs = 2_000

type Counted = Pick<QueueBackend, 'countJobs' | 'countPoolWaiters'>

/** Adds the jobs of the shared queues and of this worker's own queue, by state. */
export function registerQueue(registry: Registry, { queue, workerId }: { queue: Counted; workerId: string }): void {
  const registers = [registry]
  // Before the counts below, which use the same pool.
  const waiters: Gauge = new Gauge({
    name: 'wxbot_worker_queue_pool_waiting',
    help: 'Statements of this worker that wait for a connection of the pool of the queue in Postgres.',
    registers,
    collect: () => waiters.set(queue.countPoolWaiters() ?? 0),
  })
  const shared: Gauge = new Gauge({
    name: 'wxbot_queue_jobs',
    help: 'Jobs of the queues that all workers share, by queue and state.',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      shared.reset()
      for (const name of [claimQueue, deliveryQueue, scheduledQueue]) {
        const counts = await countJobs(queue, name)
        if (!counts) return
        for (const [state, count] of Object.entries(counts)) shared.set({ queue: name, state }, count)
      }
    },
  })
  const own: Gauge = new Gauge({
    name: 'wxbot_worker_queue_jobs',
    help: 'Jobs for the robots of this worker, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await countJobs(queue, workerQueue(workerId))
      own.reset()
      for (const [state, count] of Object.entries(counts ?? {})) own.set({ state }, count)
    },
  })
}

/** null: the server did not respond, which `/readyz` reports. */
function countJobs(queue: Counted, name: string) {
  return withDeadline(
    queue.countJobs(name).catch(() => null),
    countTimeoutMs,
    () => null,
  )
}
