import { loadEnv, shareWithLibraries } from '@/lib/env'
import { createLogger } from '@/lib/logger'
import { type RunningWeb, startWeb } from './start-web'

const env = loadEnv()
shareWithLibraries(env)
const log = createLogger({ level: env.LOG_LEVEL, process: 'web' })
let running: RunningWeb | undefined
let isStopping = false

async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  setTimeout(() => process.exit(1), env.STOP_TIMEOUT_MS).unref()
  await running?.stop()
  process.exit(0)
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
// The parent is gone: nobody would stop this process otherwise.
process.on('disconnect', () => void stop())

try {
  running = await startWeb({ env, log })
  process.send?.({ type: 'ready', port: running.port })
  log.info({ port: running.port }, 'web is up')
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
