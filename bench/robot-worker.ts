// A worker that reports its memory and the delay of its event loop: `fork('bench/robot-worker.ts')` with the environment of a worker.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { parseEnv } from '@/lib/env'
import { createLogger } from '@/lib/logger'
import { startWorker } from '@/worker/start-worker'

export type WorkerReport = {
  heapMb: number
  rssMb: number
  /** 99th percentile and maximum of the event loop's delay in each second since the last report. */
  seconds: { p99Ms: number; maxMs: number }[]
}

const resolutionMs = 5
const delay = monitorEventLoopDelay({ resolution: resolutionMs })
let seconds: WorkerReport['seconds'] = []
setInterval(() => {
  // The histogram counts from one timer to the next; what exceeds its interval is delay.
  const ofMs = (ns: number) => Math.max(0, ns / 1e6 - resolutionMs)
  if (delay.count > 0) seconds.push({ p99Ms: ofMs(delay.percentile(99)), maxMs: ofMs(delay.max) })
  delay.reset()
}, 1000)

const env = parseEnv(process.env)
const worker = await startWorker(env, createLogger({ level: 'silent', process: 'bench' }))
delay.enable()
process.on('message', (request: 'report' | 'memory' | 'stop') => void respond(request))
process.on('disconnect', () => process.exit())
process.send?.('ready')

async function respond(request: 'report' | 'memory' | 'stop'): Promise<void> {
  if (request === 'stop') {
    await worker.stop()
    return process.exit()
  }
  // A collection blocks the event loop, so only a report about memory begins with one.
  for (let round = 0; request === 'memory' && round < 3; round++) {
    globalThis.gc?.()
    await setTimeout(200)
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  process.send?.({ heapMb: (heapUsed + external) / 1e6, rssMb: rss / 1e6, seconds } satisfies WorkerReport)
  seconds = []
}
