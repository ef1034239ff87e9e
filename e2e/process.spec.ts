import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { isAlive, waitUntil } from '@/scripts/bootstrap/processes.mjs'
import { startProduct } from '@/e2e/start-product'
import { expect, test } from '@/e2e/test'

const root = resolve(import.meta.dirname, '..')
test.describe.configure({ mode: 'serial' })

let dataDir = ''
test.beforeAll(() => void (dataDir = mkdtempSync(join(tmpdir(), 'wxbot-process-'))))
test.afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** Returns the processes of a running product, as listed in its data folder. */
function processesOf(folder: string): { parent: number; worker: number; all: number[] } {
  const { pid, children } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'))
  const postgres = Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  return { parent: pid, worker: children.worker, all: [pid, ...Object.values<number>(children), postgres] }
}

test('only the first start prints the operator, Ctrl-C stops every process, and a restart keeps the data', async () => {
  const first = await startProduct({ dataDir })
  expect(first.adminEmail).toBe('admin@wxbot.local')
  expect(first.adminPassword.length).toBeGreaterThan(12)
  expect((await fetch(`${first.baseURL}/readyz`)).status).toBe(200)
  expect((await fetch(`${first.simulatorURL}/`)).status).toBe(200)
  const { all } = processesOf(dataDir)
  const beganMs = Date.now()
  expect(await first.stop()).toBe(0)
  expect(Date.now() - beganMs).toBeLessThan(10_000)
  expect(all.filter(isAlive)).toEqual([])
  expect(existsSync(join(dataDir, 'running.json'))).toBe(false)

  const second = await startProduct({ dataDir })
  expect(second.output()).not.toContain('password:')
  await second.stop()
})

test('a parent stopped with kill -9 does not block the next start on the same ports', async () => {
  const first = await startProduct({ dataDir })
  const { parent, all } = processesOf(dataDir)
  const ports = { PORT: new URL(first.baseURL).port, SIMULATOR_PORT: new URL(first.simulatorURL).port }
  process.kill(parent, 'SIGKILL')
  const next = await startProduct({ dataDir, env: ports })
  expect(next.baseURL).toBe(first.baseURL)
  expect(await waitUntil(() => !all.some(isAlive), 15_000)).toBe(true)
  await next.stop()
})

test('a killed worker is restarted', async () => {
  const product = await startProduct({ dataDir })
  const { worker } = processesOf(dataDir)
  process.kill(worker, 'SIGKILL')
  const isBack = () => processesOf(dataDir).worker !== worker && isAlive(processesOf(dataDir).worker)
  expect(await waitUntil(isBack, 10_000)).toBe(true)
  await product.stop()
})

test('a second start on the same data fails with a clear message and does not disturb the first', async () => {
  const product = await startProduct({ dataDir })
  await expect(startProduct({ dataDir })).rejects.toThrow(/already running on .* \(process \d+\)/)
  expect((await fetch(`${product.baseURL}/readyz`)).status).toBe(200)
  await product.stop()
})

test('a start on a used port names the port and the variable that changes it', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const port = String((other.address() as AddressInfo).port)
  await expect(startProduct({ dataDir, env: { WORKER_PORT: port } })).rejects.toThrow(
    new RegExp(`Port ${port} .* is taken .* WORKER_PORT=`),
  )
  other.close()
})

test('the command line works while the product runs, with only DATA_DIR set', async () => {
  const product = await startProduct({ dataDir })
  const output = execFileSync(
    process.execPath,
    [
      'scripts/cli.mjs',
      'application',
      'create',
      '--name',
      'shop',
      '--callback-url',
      'http://127.0.0.1:9000/cb',
      '--json',
    ],
    { cwd: root, env: { PATH: process.env['PATH'], DATA_DIR: dataDir, NODE_ENV: 'production' }, encoding: 'utf8' },
  )
  expect(Object.keys(JSON.parse(output))).toEqual(expect.arrayContaining(['applicationId', 'token', 'signingSecret']))
  await product.stop()
})
