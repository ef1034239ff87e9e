// A peer of `bench/peer-callbacks.ts`: graphile-worker and one request per job. `fork('bench/graphile-bare.ts')`, which is sent the settings.
import { Logger, run } from 'graphile-worker'
import { request } from 'undici'
import type { BareJob } from '@/bench/bullmq-bare'

process.once('message', ({ databaseUrl, concurrency }: { databaseUrl: string; concurrency: number }) => {
  const deliver = async (payload: unknown) => {
    const { url, body, headers } = payload as BareJob
    const response = await request(url, { method: 'POST', body, headers })
    await response.body.dump()
    if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}`)
  }
  const logger = new Logger(() => () => {})
  const options = { connectionString: databaseUrl, concurrency, maxPoolSize: 20, logger, noHandleSignals: true }
  void run({ ...options, taskList: { deliver } }).then(() => process.send?.('ready'))
})
process.on('disconnect', () => process.exit())
