import type { Redis } from 'ioredis'

/** Throws if Redis may evict keys, because jobs would be lost silently; a server that forbids CONFIG is accepted. */
export async function requireNoEviction(redis: Redis): Promise<void> {
  const response = await redis.config('GET', 'maxmemory-policy').catch(() => null)
  const policy = Array.isArray(response) ? response[1] : 'noeviction'
  if (policy !== 'noeviction')
    throw new Error(`REDIS_URL: maxmemory-policy is ${String(policy)}, so Redis may drop jobs; set it to noeviction`)
}
