import { inject } from 'vitest'

/** `redisUrl` is what `openQueueBackend` wants: undefined means the queue lives in the test's Postgres. */
export type TestQueueBackend = { name: 'postgres' | 'redis'; redisUrl: string | undefined }

/**
 * Lists the queue backends of this machine, for `describe.each`: Postgres always, Redis where there is one.
 * Test files that run at the same time get different Redis databases; one file's own queues are left to the next,
 * so queue names should be random.
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
