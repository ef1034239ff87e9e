import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { bundlePrograms } from '@/lib/testing/bundle-programs'

/** A worker in its own process, as in production. */
export type WorkerProcess = {
  /** Suspends the process with SIGSTOP, as a sleeping machine would. */
  freeze(): void
  thaw(): void
  /** Asks the process to stop in order. */
  terminate(): void
  /** Resolves when the process has exited, by itself or killed. */
  exited: Promise<unknown>
  /** Sends SIGKILL, also to a frozen process; resolves when the process has exited. */
  kill(): Promise<void>
}

/** Settings that each program of the product requires, besides its database. */
export const requiredEnv = {
  NODE_ENV: 'test' as const,
  HOST: '127.0.0.1',
  PUBLIC_URL: 'http://wxbot.test',
  ENCRYPTION_KEY: `test:${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`,
  AUTH_SECRET: '0123456789abcdef0123456789abcdef',
}

let bundle: Promise<{ worker: string }> | undefined

/**
 * Starts a worker with the required environment plus `env`. Resolves when it is ready. `root`: another checkout, whose worker is started
 * from its sources.
 */
export async function startWorkerProcess(
  env: Record<string, string>,
  { root }: { root?: string } = {},
): Promise<WorkerProcess> {
  const isBundled = root === undefined
  if (isBundled) bundle ??= bundlePrograms('worker')
  const path = isBundled ? (await bundle)?.worker : resolve(root, 'worker/index.ts')
  const child = fork(path ?? '', {
    cwd: root,
    execArgv: ['--disallow-code-generation-from-strings', ...(isBundled ? [] : ['--import', 'tsx'])],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      ...requiredEnv,
      LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
      WORKER_PORT: String(await findFreePort()),
      ...env,
    },
  })
  const exited = once(child, 'exit')
  await isReady(child)
  return {
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    terminate: () => void child.kill('SIGTERM'),
    exited,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((ready, fail) => {
    child.once('message', () => ready())
    child.once('exit', (code) => fail(new Error(`the worker ended with ${code} before it was ready`)))
  })
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
