import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export type Product = {
  baseURL: string
  simulatorURL: string
  /** The data folder; `DATA_DIR` for the command line. */
  dataDir: string
  /** Empty at a later start on the same data: the operator is printed once. */
  adminEmail: string
  adminPassword: string
  /** The process of `scripts/start.mjs`. */
  process: ChildProcess
  /** Returns all printed output. */
  output(): string
  /** Sends Ctrl-C; resolves with the exit code when the process has ended. */
  stop(): Promise<number | null>
}

/**
 * Starts the whole product as `npm start` does, on free ports, and resolves when it has printed `ready:`.
 * Without `dataDir`, its data is in a temporary folder that `stop` removes.
 */
export async function startProduct(options: { dataDir?: string; env?: Record<string, string> } = {}): Promise<Product> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'wxbot-e2e-'))
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: resolve(import.meta.dirname, '..'),
    // The environment of the tests may contain the settings of a developer's instance.
    env: { ...cleanEnv(), PORT: '0', WORKER_PORT: '0', SIMULATOR_PORT: '0', DATA_DIR: dataDir, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exited = once(child, 'exit')
  await new Promise<void>((ready, fail) => {
    const read = (text: Buffer) => {
      output += text
      if (/^ready: /m.test(output)) ready()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => fail(new Error(`the product ended with ${code} before it was ready:\n${output}`)))
  })
  const find = (pattern: RegExp) => pattern.exec(output)?.[1] ?? ''
  return {
    baseURL: find(/^ready: (\S+)/m),
    simulatorURL: find(/^phone page: (\S+?)\/?$/m),
    dataDir,
    adminEmail: find(/^operator: (\S+)/m),
    adminPassword: find(/^password: (\S+)/m),
    process: child,
    output: () => output,
    async stop() {
      child.kill('SIGINT')
      const [code] = await exited
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true })
      return code as number | null
    },
  }
}

function cleanEnv(): NodeJS.ProcessEnv {
  const own =
    /^(HOST|PUBLIC_URL|DATABASE_URL|REDIS_URL|WECHAT\w*|ILINK_ORIGIN|WECOM_ORIGIN|DEFAULT_CONNECTION|ADMIN_\w+|ENCRYPTION_KEY|AUTH_SECRET|\w+_ALLOW)$/
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
  return { ...kept, NODE_ENV: 'production', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn' }
}
