// A callback delivery worker in a process of its own that a test can kill: `fork('bench/delivery-worker.ts')` with `Settings`.
import { startDelivery } from '@/worker/delivery/start-delivery'
import { connectDatabase } from '@/lib/db/client'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { createLogger } from '@/lib/logger'
import { openQueueBackend } from '@/lib/queue/backend'
import { createSealer } from '@/lib/secret'
import type { Settings } from '@/bench/callbacks/worker-process'

/** Interval of `wakeDueLanes`, as in the worker's housekeeping. */
const reconcileMs = 5000

process.once('message', (settings: Settings) => void deliver(settings))
process.on('disconnect', () => process.exit())

async function deliver({ databaseUrl, redisUrl, key, scheduleSeconds, timeoutMs }: Settings): Promise<void> {
  const log = createLogger({ level: 'silent', process: 'bench' })
  const { db } = connectDatabase(databaseUrl, { maxConnections: 20 })
  const delivery = startDelivery({
    db,
    log,
    queue: await openQueueBackend({ databaseUrl, redisUrl: redisUrl ?? undefined, log }),
    sealer: createSealer([{ id: 'bench', key: Buffer.from(key, 'base64') }]),
    policy: createEgressPolicy({ allow: ['127.0.0.1'], ownPorts: [] }),
    scheduleSeconds,
    timeoutMs,
  })
  const reconcile = () =>
    delivery
      .wakeDueLanes()
      .catch(() => {})
      .finally(() => setTimeout(() => void reconcile(), reconcileMs))
  void reconcile()
  process.send?.('ready')
}
