import { explainError } from '@/lib/describe-error'
import { loadEnv, shareWithLibraries } from '@/lib/env'
import { guardOutput } from '@/lib/guard-output'
import { createLogger } from '@/lib/logger'
import { requireServers } from '@/lib/queue/probe-servers'
import { type RunningWeb, startWeb } from '@/web/start-web'

const env = loadEnv()
shareWithLibraries(env)
const log = createLogger({ level: env.LOG_LEVEL, process: 'web' })
guardOutput(log)
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
// The parent has exited, so no other process would stop this one.
process.on('disconnect', () => void stop())

try {
  await requireServers(env)
  running = await startWeb({ env, log })
  process.send?.({ type: 'ready', port: running.port })
  log.info({ port: running.port }, 'web is up')
} catch (error) {
  console.error(explainError(error))
  process.exit(1)
}
