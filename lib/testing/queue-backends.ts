import { inject } from 'vitest'

/** `redisUrl` as for `openQueueBackend`; undefined: the queue is in the test's Postgres. */
export type TestQueueBackend = { name: 'postgres' | 'redis'; redisUrl: string | undefined }

/**
 * Lists the queue backends of this machine, for `describe.each`: always Postgres, and Redis if there is one.
 * Test files that run concurrently get different Redis databases. Queues are not deleted after a file, so their names must be random.
 */
export function queueBackends(): TestQueueBackend[] {
  const { redisUrl } = inject('testServer')
  if (!redisUrl) return [{ name: 'postgres', redisUrl: undefined }]
  const url = new URL(redisUrl)
  url.pathname = `/${Number(process.env['VITEST_POOL_ID'] ?? 0) % 16}`
  return [
    { name: 'postgres', redisUrl: undefined },
    { name: 'redis', redisUrl: url.href },
  ]
}
