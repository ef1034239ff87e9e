import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'

/** A worker in its own process, as in production. */
export type WorkerProcess = {
  /** Suspends the process with SIGSTOP, as a sleeping machine would. */
  freeze(): void
  thaw(): void
  /** Asks the process to stop in order. */
  terminate(): void
  /** Sends SIGKILL, also to a frozen process; resolves when the process has exited. */
  kill(): Promise<void>
}

/** Starts a worker from its sources with the required environment plus `env`. Resolves when it is ready. */
export async function startWorkerProcess(env: Record<string, string>): Promise<WorkerProcess> {
  const child = fork(resolve(import.meta.dirname, '../index.ts'), {
    execArgv: ['--disallow-code-generation-from-strings', '--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PUBLIC_URL: 'http://wxbot.test',
      ENCRYPTION_KEY: `test:${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`,
      AUTH_SECRET: '0123456789abcdef0123456789abcdef',
      LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
      WORKER_PORT: String(await findFreePort()),
      ...env,
    },
  })
  await isReady(child)
  return {
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    terminate: () => void child.kill('SIGTERM'),
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
