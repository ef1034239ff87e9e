import { loadEnv } from '@/lib/env'
import { guardOutput } from '@/lib/guard-output'
import { createLogger } from '@/lib/logger'
import { requireServers } from '@/lib/queue/probe-servers'
import { startWorker } from '@/worker/start-worker'

const env = loadEnv()
const log = createLogger({ level: env.LOG_LEVEL, process: 'worker' })
guardOutput(log)
if (canEvaluateCode())
  log.warn('start the worker with node --disallow-code-generation-from-strings, as npm run start:worker does')

try {
  await requireServers(env)
  const worker = await startWorker(env, log)
  let stopping: Promise<void> | null = null
  const stop = (reason: string) => {
    stopping ??= (async () => {
      log.info({ reason }, 'worker stopping')
      setTimeout(() => process.exit(1), env.STOP_TIMEOUT_MS).unref()
      await worker.stop().catch((error: unknown) => log.error({ err: error }, 'worker stop failed'))
      process.exit(0)
    })()
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('disconnect', () => stop('parent process exited'))
  process.send?.({ type: 'ready', port: env.WORKER_PORT })
  log.info({ port: env.WORKER_PORT }, 'worker ready')
} catch (error) {
  const why = describeListenError(error)
  if (why) console.error(`Port ${env.WORKER_PORT} on ${env.HOST} ${why}; see HOST and WORKER_PORT.`)
  else log.fatal({ err: error }, 'worker start failed')
  process.exit(1)
}

/** null: the error is not about the port of the health server. */
function describeListenError(error: unknown): string | null {
  const { code, syscall, message } = error as NodeJS.ErrnoException
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return null
  return code === 'EADDRINUSE' ? 'is taken' : `cannot be opened (${message})`
}

/** Returns whether this process can evaluate text as code; Node's `--disallow-code-generation-from-strings` forbids it. */
function canEvaluateCode(): boolean {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- tests that Node refuses it
    return new Function('return true')() === true
  } catch {
    return false
  }
}
