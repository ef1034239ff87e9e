import { loadEnv } from '@/lib/env'
import { createLogger } from '@/lib/logger'
import { startWorker } from './start-worker'

const env = loadEnv()
const log = createLogger({ level: env.LOG_LEVEL, process: 'worker' })

try {
  const worker = await startWorker(env, log)
  let stopping: Promise<void> | null = null
  const stop = (reason: string) => {
    stopping ??= (async () => {
      log.info({ reason }, 'worker stops')
      setTimeout(() => process.exit(1), env.STOP_TIMEOUT_MS).unref()
      await worker.stop().catch((error: unknown) => log.error({ err: error }, 'stop'))
      process.exit(0)
    })()
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('disconnect', () => stop('parent is gone'))
  process.send?.({ type: 'ready', port: env.WORKER_PORT })
  log.info({ port: env.WORKER_PORT }, 'worker ready')
} catch (error) {
  const isPortTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
  if (isPortTaken) console.error(`Port ${env.WORKER_PORT} is taken: set WORKER_PORT to a free one.`)
  else log.fatal({ err: error }, 'worker could not start')
  process.exit(1)
}
