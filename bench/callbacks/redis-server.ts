import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { findFreePort } from '@/scripts/bootstrap/ports.mjs'

/** Starts a Redis that can be flushed, stopped and started again on the same port; a stop loses all data. */
export async function openRedisServer() {
  const port = await findFreePort()
  const url = `redis://127.0.0.1:${port}`
  let child: ChildProcess
  async function start(): Promise<void> {
    child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' })
    const redis = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null })
    redis.on('error', () => {})
    await redis.ping()
    redis.disconnect()
  }
  await start()
  return {
    url,
    start,
    async flush() {
      const redis = new Redis(url)
      await redis.flushall()
      redis.disconnect()
    },
    async stop() {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
