import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'

/** A worker that is a process of its own, as in production. */
export type WorkerProcess = {
  /** Stops the process where it stands, as a machine that sleeps would (SIGSTOP). */
  freeze(): void
  thaw(): void
  /** SIGKILL, frozen or not; resolves when it is gone. */
  kill(): Promise<void>
}

/** Starts a worker from its sources; `env` comes on top of what every worker needs. Resolves when it is ready. */
export async function startWorkerProcess(env: Record<string, string>): Promise<WorkerProcess> {
  const child = fork(resolve(import.meta.dirname, '../index.ts'), {
    execArgv: ['--import', 'tsx'],
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
