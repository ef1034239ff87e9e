// A peer of `bench/peer-callbacks.ts`: BullMQ and one request per job. `fork('bench/bullmq-bare.ts')`, which is sent the settings.
import { Worker } from 'bullmq'
import { request } from 'undici'

export type BareJob = { url: string; body: string; headers: Record<string, string> }

process.once('message', ({ redisUrl, concurrency }: { redisUrl: string; concurrency: number }) => {
  const deliver = async ({ data: { url, body, headers } }: { data: BareJob }) => {
    const response = await request(url, { method: 'POST', body, headers })
    await response.body.dump()
    if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}`)
  }
  const worker = new Worker<BareJob>('callbacks', deliver, { connection: { url: redisUrl }, concurrency })
  void worker.waitUntilReady().then(() => process.send?.('ready'))
})
process.on('disconnect', () => process.exit())
