import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, afterEach, expect, it } from 'vitest'
import { isAlive, waitUntil } from './bootstrap/processes.mjs'
import { startEmbeddedPostgres } from './embedded-postgres.mjs'

const dataDir = mkdtempSync(join(tmpdir(), 'wxbot-postgres-'))
const launcher = join(dataDir, 'launch.mjs')
const password = "it's/a p@ss"

afterEach(async () => {
  await startEmbeddedPostgres({ dataDir, password }).then((server) => server.stop())
})

afterAll(() => rmSync(dataDir, { recursive: true }))

async function query(url: string, text: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await sql.unsafe(text)
  } finally {
    await sql.end()
  }
}

/** Starts a server in a separate process, so that it can be killed. */
async function startElsewhere() {
  writeFileSync(
    launcher,
    `import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded-postgres.mjs'))}
     const { pid, url } = await startEmbeddedPostgres(${JSON.stringify({ dataDir, password })})
     process.send({ pid, url })
     setInterval(() => {}, 1000)`,
  )
  const parent = fork(launcher, { execArgv: [] })
  const [server] = (await once(parent, 'message')) as [{ pid: number; url: string }]
  return { parent, server }
}

it('an embedded Postgres keeps its data and port across starts, uses UTF-8, and requires its password', async () => {
  const first = await startEmbeddedPostgres({ dataDir, password })
  await query(first.url, `create table people (name text); insert into people values ('微信 👋')`)
  await expect(query(first.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/)
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)

  const second = await startEmbeddedPostgres({ dataDir, password })
  expect(second.port).toBe(first.port)
  expect(await query(second.url, 'select name, upper(name) as same from people')).toMatchObject([{ name: '微信 👋' }])
  expect(await query(second.url, 'show server_encoding')).toMatchObject([{ server_encoding: 'UTF8' }])
  await second.stop()
  await second.stop()
})

it('an embedded Postgres ends with its parent, even when kill -9 ends the parent', async () => {
  const { parent, server } = await startElsewhere()
  expect(await query(server.url, 'select 1 as one')).toMatchObject([{ one: 1 }])
  parent.kill('SIGKILL')
  expect(await waitUntil(() => !isAlive(server.pid), 5000)).toBe(true)
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
})

it.runIf(process.platform === 'linux')(
  'stops a server that was left running, guard and all killed, before it starts',
  async () => {
    const { parent, server } = await startElsewhere()
    const guards = readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .map(Number)
      .filter((pid) => pid !== server.pid)
    expect(guards.length).toBe(1)
    for (const pid of guards) process.kill(pid, 'SIGKILL')
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    expect(isAlive(server.pid)).toBe(true)

    const next = await startEmbeddedPostgres({ dataDir, password })
    expect(isAlive(server.pid)).toBe(false)
    expect(await query(next.url, 'select 1 as one')).toMatchObject([{ one: 1 }])
    await next.stop()
  },
)

it('an embedded Postgres starts despite a stale pid file whose process id belongs to another program', async () => {
  const server = await startEmbeddedPostgres({ dataDir, password })
  const pidFile = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8')
  await server.stop()
  writeFileSync(join(dataDir, 'postgres/postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)))
  const next = await startEmbeddedPostgres({ dataDir, password })
  expect(await query(next.url, 'select 1 as one')).toMatchObject([{ one: 1 }])
  await next.stop()
})

it('an embedded Postgres runs in a folder that only its owner can enter', async () => {
  const closed = mkdtempSync(join(tmpdir(), 'wxbot-closed-'))
  const server = await startEmbeddedPostgres({ dataDir: join(closed, 'deep/data'), password })
  expect(await query(server.url, 'select 1 as one')).toMatchObject([{ one: 1 }])
  await server.stop()
  rmSync(closed, { recursive: true })
})
