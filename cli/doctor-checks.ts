import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { connect } from 'node:tls'
import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { workers } from '@/lib/db/schema/session'
import { explainError } from '@/lib/describe-error'
import type { Env } from '@/lib/env'
import { probeServers } from '@/lib/queue/probe-servers'
import { isWorkerAlive } from '@/lib/db/is-worker-alive'
import { countSecretsByKey } from '@/lib/sealed/reseal-secrets'

export type Finding = { check: string; state: 'ok' | 'warning' | 'failed'; detail: string }
type DoctorEnv = Pick<Env, 'REDIS_URL' | 'PUBLIC_URL' | 'WECHAT' | 'ENCRYPTION_KEY' | 'DATA_DIR'>
type Check = (db: Db, env: DoctorEnv) => Promise<Omit<Finding, 'check'>>

const timeoutMs = 5_000
const maxClockDifferenceMs = 2_000
const minFreeBytes = 1_000_000_000
const ilinkHost = 'ilinkai.weixin.qq.com'

const ok = (detail: string) => ({ state: 'ok', detail }) as const
const warning = (detail: string) => ({ state: 'warning', detail }) as const
const failed = (detail: string) => ({ state: 'failed', detail }) as const

/** Checks of an installation, each independent of the others. Each detail says what was found and, unless ok, what to do. */
const checks: Record<string, Check> = {
  async 'postgres version'(db) {
    const [row] = await db.execute<{ number: number; text: string }>(
      sql`select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
    )
    return row && row.number >= 140_000 ? ok(row.text) : failed(`${row?.text}: wxbot needs Postgres 14 or later`)
  },

  async 'postgres durability'(db) {
    const [row] = await db.execute<{ names: string | null }>(sql`
      select string_agg(name, ', ' order by name) as names from pg_settings
        where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`)
    return row?.names
      ? failed(`${row.names} is off: a crash of Postgres can lose or repeat messages; set it to on`)
      : ok('on')
  },

  async 'postgres connections'(db) {
    const [row] = await db.execute<{ max: number }>(sql`select current_setting('max_connections')::int as max`)
    const max = row?.max ?? 0
    return max >= 60
      ? ok(`max_connections ${max}; each web and worker process opens up to 25`)
      : warning(`max_connections ${max}: each web and worker process opens up to 25; raise it for more than two`)
  },

  async migrations(db) {
    const journal: { entries: unknown[] } = JSON.parse(readFileSync('drizzle/meta/_journal.json', 'utf8'))
    const [row] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
    )
    const missing = journal.entries.length - (row?.count ?? 0)
    if (missing > 0) return failed(`${missing} migrations are missing: run "npm run migrate"`)
    return missing < 0 ? warning('the database is newer than this version') : ok(`${journal.entries.length} applied`)
  },

  async clock(db) {
    const beforeMs = Date.now()
    const [row] = await db.execute<{ nowMs: number }>(
      sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"`,
    )
    const differenceMs = Math.round((row?.nowMs ?? 0) - (beforeMs + Date.now()) / 2)
    const text = `${(differenceMs / 1000).toFixed(1)} s between Postgres and this machine`
    return Math.abs(differenceMs) > maxClockDifferenceMs ? failed(`${text}: synchronize both clocks`) : ok(text)
  },

  async redis(_db, { REDIS_URL }) {
    if (!REDIS_URL) return ok('not used: the queue is in Postgres')
    const [problem] = await probeServers({ REDIS_URL })
    return problem ? failed(problem.reason) : ok('reachable, evicts nothing')
  },

  async workers(db) {
    const count = await db.$count(workers, isWorkerAlive)
    return count > 0 ? ok(`${count} with a heartbeat`) : failed('none runs: start one with "npm run start:worker"')
  },

  async 'encryption keys'(db, { ENCRYPTION_KEY }) {
    const known = new Set(ENCRYPTION_KEY.map(({ id }) => id))
    const counts = await countSecretsByKey(db)
    const missing = counts.filter(({ keyId }) => !known.has(keyId))
    const total = counts.reduce((sum, { count }) => sum + count, 0)
    if (missing.length === 0) return ok(`${total} secrets can be opened`)
    const list = missing.map(({ keyId, count }) => `${keyId} (${count} secrets)`).join(', ')
    return failed(`ENCRYPTION_KEY lacks ${list}: add the keys from your backup`)
  },

  async 'public url'(_db, { PUBLIC_URL }) {
    const { protocol, hostname } = new URL(PUBLIC_URL)
    const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
    try {
      const response = await fetch(new URL('/healthz', PUBLIC_URL), { signal: AbortSignal.timeout(timeoutMs) })
      if (!response.ok)
        return failed(`${PUBLIC_URL}/healthz responds with ${response.status}: is it the proxy of wxbot?`)
    } catch (error) {
      return failed(`${PUBLIC_URL} is not reachable from here (${reasonOf(error)}): check DNS, proxy and web`)
    }
    return protocol === 'https:' || isLocal
      ? ok(PUBLIC_URL)
      : warning(`${PUBLIC_URL} sends passwords unencrypted: use https`)
  },

  async 'wechat reachable'(_db, { WECHAT }) {
    if (WECHAT === 'simulator') return ok('not needed: WECHAT=simulator')
    try {
      await openTls(ilinkHost)
      return ok(`${ilinkHost} responds with a valid certificate`)
    } catch (error) {
      return failed(`${ilinkHost}:443 is not reachable (${reasonOf(error)}): allow it in the firewall`)
    }
  },

  async disk(_db, { DATA_DIR }) {
    const { bavail, bsize } = await statfs(DATA_DIR).catch(() => statfs('.'))
    const text = `${((bavail * bsize) / 1e9).toFixed(1)} GB free`
    return bavail * bsize < minFreeBytes ? failed(`${text}: a full disk stops Postgres`) : ok(text)
  },
}

/** Runs all checks concurrently; a check that fails itself is a finding. */
export async function runChecks(db: Db, env: DoctorEnv): Promise<Finding[]> {
  return Promise.all(
    Object.entries(checks).map(async ([check, run]) => {
      const finding = await run(db, env).catch((error: unknown) => failed(explainError(error)))
      return { check, ...finding }
    }),
  )
}

function openTls(host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: 443, servername: host, timeout: timeoutMs }, () => {
      socket.destroy()
      resolve()
    })
    socket.once('timeout', () => socket.destroy(new Error(`no response within ${timeoutMs / 1000} s`)))
    socket.once('error', reject)
  })
}

/** Returns the code or message of the innermost cause: `fetch` itself only states that it failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error) return reasonOf(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
