import postgres from 'postgres'
import { withDeadline } from '@/lib/deadline'
import type { Env, EnvProblem } from '@/lib/env'
import { requireNoEviction } from '@/lib/queue/require-no-eviction'

/** Maximum wait for each server. */
const timeoutMs = 5000

type Servers = Pick<Env, 'REDIS_URL'> & { DATABASE_URL?: string | undefined }

/** Checks Postgres and Redis concurrently; returns one readable problem for each server that cannot be used. */
export async function probeServers({ DATABASE_URL, REDIS_URL }: Servers): Promise<EnvProblem[]> {
  const problems = await Promise.all([
    DATABASE_URL ? probe('DATABASE_URL', DATABASE_URL, openPostgres) : Promise.resolve(null),
    REDIS_URL ? probe('REDIS_URL', REDIS_URL, openRedis) : Promise.resolve(null),
  ])
  return problems.filter((problem) => problem !== null)
}

/** Prints a problem for each server that cannot be used, and exits with 1 if there is one. */
export async function requireServers(servers: Servers): Promise<void> {
  const problems = await probeServers(servers)
  for (const { names, reason } of problems) console.error(`${names.join(' and ')}: ${reason}`)
  if (problems.length > 0) process.exit(1)
}

type Probe = { ask(): Promise<unknown>; close(): void }

async function probe(name: string, url: string, open: (url: string) => Probe): Promise<EnvProblem | null> {
  const { ask, close } = open(url)
  try {
    await withDeadline(ask(), timeoutMs, () => {
      throw Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })
    })
    return null
  } catch (error) {
    return { names: [name], reason: explain(error, new URL(url)) }
  } finally {
    close()
  }
}

function openPostgres(url: string): Probe {
  const sql = postgres(url, { max: 1, connect_timeout: timeoutMs / 1000, onnotice: () => {} })
  return { ask: async () => await sql`select 1`, close: () => void sql.end({ timeout: 0 }) }
}

function openRedis(url: string): Probe {
  let close = () => {}
  return {
    async ask() {
      // Most CLI commands need no Redis, and the library loads slowly.
      const { Redis } = await import('ioredis')
      const redis = new Redis(url, { lazyConnect: true, connectTimeout: timeoutMs, retryStrategy: () => null })
      close = () => redis.disconnect()
      // The event contains the reason; the rejection states only that the connection is closed.
      const failed = new Promise<never>((_, reject) => redis.once('error', reject))
      redis.on('error', () => {})
      await Promise.race([redis.connect().then(() => redis.ping()), failed])
      await requireNoEviction(redis)
    },
    close: () => close(),
  }
}

function explain(thrown: unknown, url: URL): string {
  const [error = {}] = withInnerErrors(thrown).filter(({ code }) => code)
  const { code = '', message = thrown instanceof Error ? thrown.message : String(thrown) } = error
  const server = url.port ? `${url.hostname}:${url.port}` : url.hostname
  const database = decodeURIComponent(url.pathname.slice(1))
  if (code === 'ECONNREFUSED') return `no server listens on ${server} (connection refused)`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `the host name ${url.hostname} cannot be resolved`
  if (code === 'ETIMEDOUT' || code === 'CONNECT_TIMEOUT')
    return `${server} does not respond within ${timeoutMs / 1000} s`
  if (code === '28P01' || code === '28000') return `Postgres on ${server} rejects the user name or the password`
  if (code === '3D000') return `Postgres on ${server} has no database "${database}"; create it first`
  if (/^(NOAUTH|WRONGPASS)/.test(message)) return `Redis on ${server} rejects the user name or the password`
  if (code === 'ECONNRESET' || code === 'CONNECTION_CLOSED' || /Protocol error|Connection is closed/.test(message))
    return `the server on ${server} closes the connection or speaks another protocol`
  return `${server} cannot be used: ${message.replace(/^REDIS_URL: /, '')}`
}

/** A refused connection to a name with two addresses is an AggregateError without its own code and message. */
function withInnerErrors(thrown: unknown): Array<{ code?: string; message?: string }> {
  if (typeof thrown !== 'object' || thrown === null) return []
  const { errors = [], cause } = thrown as { errors?: unknown[]; cause?: unknown }
  return [thrown, ...errors.flatMap(withInnerErrors), ...withInnerErrors(cause)]
}
