import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { hostname } from 'node:os'
import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { workers } from '@/lib/db/schema/session'
import { explainError } from '@/lib/describe-error'
import type { Env } from '@/lib/env'
import { probeServers } from '@/lib/queue/probe-servers'
import { isWorkerAlive } from '@/lib/db/is-worker-alive'
import { countSecretsByKey } from '@/lib/sealed/reseal-secrets'
import { checkCertificate, checkEgress, checkPublicClock, checkPublicUrl } from '@/cli/doctor-network'
import { failed, type Finding, ok, type Outcome, warning } from '@/cli/finding'

export type DoctorEnv = Pick<
  Env,
  'REDIS_URL' | 'PUBLIC_URL' | 'WECHAT' | 'WECOM_ORIGIN' | 'ENCRYPTION_KEY' | 'DATA_DIR'
>
type Check = (db: Db, env: DoctorEnv) => Promise<Outcome>

const maxClockDifferenceMs = 2_000
const minFreeBytes = 1_000_000_000

/** Checks of an installation, each independent of the others. */
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

  'public url': (_db, env) => checkPublicUrl(env),
  'public url certificate': (_db, env) => checkCertificate(env),
  'public url clock': (_db, env) => checkPublicClock(env),

  async disk(_db, { DATA_DIR }) {
    const { bavail, bsize } = await statfs(DATA_DIR).catch(() => statfs('.'))
    const text = `${((bavail * bsize) / 1e9).toFixed(1)} GB free on this machine (${hostname()})`
    return bavail * bsize < minFreeBytes
      ? failed(`${text}: a full disk stops what runs here`)
      : ok(`${text}; alerts watch the disks of the workers, not that of Postgres elsewhere`)
  },
}

/** Runs all checks concurrently; a check that fails itself is a finding. */
export async function runChecks(db: Db, env: DoctorEnv): Promise<Finding[]> {
  const findings = Object.entries(checks).map(async ([check, run]) => {
    const outcome = await run(db, env).catch((error: unknown) => failed(explainError(error)))
    return { check, ...outcome }
  })
  const egress = checkEgress(db, env).catch((error: unknown) => [{ check: 'egress', ...failed(explainError(error)) }])
  return [...(await Promise.all(findings)), ...(await egress)]
}
