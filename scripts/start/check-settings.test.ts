import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { bundlePrograms } from '@/lib/testing/bundle-programs'

const dataDir = mkdtempSync(join(tmpdir(), 'wxbot-settings-'))
/** Accepts connections and never responds. */
let silent: Server
let silentPort = 0
let bundles: Record<'web' | 'worker' | 'migrate', string>

beforeAll(async () => {
  bundles = await bundlePrograms('web', 'worker', 'migrate')
  silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  silentPort = (silent.address() as AddressInfo).port
})
afterAll(() => {
  silent.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const secrets = {
  AUTH_SECRET: '0123456789abcdef0123456789abcdef',
  ENCRYPTION_KEY: `k1:${Buffer.from('0123456789abcdef0123456789ABCDEF').toString('base64')}`,
  PUBLIC_URL: 'http://wxbot.test',
}

/** Runs a program to its end. */
async function run(program: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [program], {
    env: { NODE_ENV: 'production', PATH: process.env['PATH'], DATA_DIR: dataDir, ...env },
  })
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit').then(([value]) => value as number),
  ])
  return { output: stdout + stderr, code }
}

const programs = {
  'npm start': () => 'scripts/start.mjs',
  'npm run start:web': () => bundles.web,
  'npm run start:worker': () => bundles.worker,
}

describe.each(Object.entries(programs))('%s', (_, program) => {
  it('names every wrong setting at once, before it connects to a server', async () => {
    const wrong = {
      PORT: '3000 ',
      WORKER_PORT: 'abc',
      QUN_ALLOW: '10.0.0.0/33, 127.0.0.1',
      EGRESS_ALLOW: '10.0.0.0/8，127.0.0.1',
      TRUSTED_PROXIES: 'proxy.internal',
      PUBLIC_URL: 'https://example.test/wxbot',
      DATABASE_URL: 'postgres://wxbot:p@ss#w%rd@db/wxbot',
      REDIS_URL: 'http://127.0.0.1:6379',
      LOG_LEVEL: 'loud',
      ENCRYPTION_KEY: 'k1:short',
    }
    const { output, code } = await run(program(), { ...secrets, ...wrong })
    expect(code).toBe(1)
    for (const name of Object.keys(wrong)) expect(output).toContain(`  ${name}: `)
    expect(output).not.toMatch(/^ +at |p@ss/m)
  })

  it('reports an unreachable Postgres and an unreachable Redis together, in plain words', async () => {
    const [databasePort, redisPort] = [await freePort(), silentPort]
    const { output, code } = await run(program(), {
      ...secrets,
      PORT: String(await freePort()),
      WORKER_PORT: String(await freePort()),
      SIMULATOR_PORT: String(await freePort()),
      DATABASE_URL: `postgres://wxbot:secret@127.0.0.1:${databasePort}/wxbot`,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    })
    expect(code).toBe(1)
    expect(output).toContain(`DATABASE_URL: no server listens on 127.0.0.1:${databasePort} (connection refused)`)
    expect(output).toContain(`REDIS_URL: 127.0.0.1:${redisPort} does not respond within 5 s`)
    expect(output).not.toMatch(/^ +at |secret/m)
  })
})

describe('npm run migrate', () => {
  it.each([
    ['a wrong password', (url: URL) => (url.password = 'wrong'), /rejects the user name or the password/],
    ['a database that does not exist', (url: URL) => (url.pathname = 'nope'), /has no database "nope"/],
    ['a host that does not exist', (url: URL) => (url.hostname = 'db.invalid'), /db\.invalid cannot be resolved/],
  ])('reports %s', async (_, spoil, reason) => {
    const url = new URL(inject('testServer').adminUrl)
    spoil(url)
    const { output, code } = await run(bundles.migrate, { DATABASE_URL: url.href })
    expect(code).toBe(1)
    expect(output).toMatch(/^DATABASE_URL: /)
    expect(output).toMatch(reason)
    expect(output).not.toMatch(/^ +at /m)
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
