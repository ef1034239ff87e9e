import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { claimDataDir } from '../bootstrap/data-dir.mjs'
import { installPackagesIfStale } from '../bootstrap/install-packages.mjs'
import { dataDirOf, rootDir } from '../bootstrap/paths.mjs'
import { PlainError } from '../bootstrap/plain-error.mjs'
import { withProgress } from '../bootstrap/progress.mjs'
import { ensureSecrets } from '../bootstrap/read-secrets.mjs'
import { buildProduct } from '../build.mjs'
import { bundlePrograms, programPath } from '../bundle.mjs'
import { browsable, decideSettings, ownPorts } from './decide-settings.mjs'
import { keepPostgres } from './keep-postgres.mjs'
import { migrate } from './migrate.mjs'
import { runProgram } from './run-program.mjs'
import { stopOnSignal } from './stop-on-signal.mjs'
import { waitForReadyz } from './wait-for-readyz.mjs'
import { watchPrograms } from './watch-programs.mjs'

/** How long ports may stay taken by the processes of a start that was killed. */
const LEAVING_MS = 12_000

/**
 * Starts the whole product under this process, from whatever state the checkout is in, and prints `ready: …`.
 * Returns then; the product runs until Ctrl-C, SIGTERM or SIGHUP.
 * @param {{ isDev: boolean }} options
 * @throws PlainError for whatever the person at the terminal can put right
 */
export async function startProduct({ isDev }) {
  // Who piped our output away may leave; that must not end the product.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const dataDir = await claimDataDir(dataDirOf(process.env))
  process.once('exit', dataDir.release)
  const patienceMs = dataDir.wasLeftBehind ? LEAVING_MS : 0
  const settings = await decideSettings(process.env, { dataDir: dataDir.path, isDev, patienceMs })

  await installPackagesIfStale()
  if (isDev) await bundlePrograms(['migrate'])
  else await buildProduct({ onlyIfStale: true })

  const stopping = stopOnSignal(Number(settings['STOP_TIMEOUT_MS']))
  try {
    await run({ settings, dataDir, stopping, isDev })
  } catch (error) {
    if (stopping.hasBegun()) return
    await stopping.stop()
    throw error
  }
}

/**
 * @param {{ settings: import('./decide-settings.mjs').Settings, dataDir: import('../bootstrap/data-dir.mjs').DataDir, stopping: import('./stop-on-signal.mjs').Stopping, isDev: boolean }} context
 */
async function run({ settings, dataDir, stopping, isDev }) {
  const { POSTGRES_PASSWORD, ...secrets } = ensureSecrets(dataDir.path)
  let databaseUrl = process.env['DATABASE_URL']
  if (databaseUrl) rmSync(join(dataDir.path, 'postgres.json'), { force: true })
  else {
    const lost = (/** @type {unknown} */ error) => {
      process.exitCode = 1
      console.error(error)
      void stopping.stop()
    }
    const start = () => keepPostgres({ dataDir: dataDir.path, password: POSTGRES_PASSWORD, onLost: lost })
    const server = await withProgress('starting Postgres', start)
    stopping.add('postgres', 1, server.stop)
    databaseUrl = server.url
  }
  settings['OWN_PORTS'] = ownPorts(settings, [databaseUrl, process.env['REDIS_URL']])
  writeFileSync(join(dataDir.path, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`)

  const env = { ...secrets, ...withoutEmpty(process.env), ...settings, DATABASE_URL: databaseUrl }
  const operator = await withProgress('migrating', () => migrate(env))
  try {
    if (stopping.hasBegun()) return
    await runPrograms({ env, settings, dataDir, stopping, isDev })
    await withProgress('waiting for web and worker', () => waitForReadyz(settings, stopping.hasBegun))
  } finally {
    // Said even when the start fails after this point: nobody could ever read it again.
    if (operator) console.log(`\n${operator}`)
  }
  if (stopping.hasBegun()) return
  if (settings['SIMULATOR_PORT']) console.log(`phone page: http://127.0.0.1:${settings['SIMULATOR_PORT']}/`)
  console.log(`ready: http://${browsable(settings['HOST'] ?? '')}:${settings['PORT']}`)
}

/**
 * Starts simulator, worker and web; they are stopped in the opposite order.
 * @param {{ env: import('../bootstrap/paths.mjs').Env, settings: import('./decide-settings.mjs').Settings, dataDir: import('../bootstrap/data-dir.mjs').DataDir, stopping: import('./stop-on-signal.mjs').Stopping, isDev: boolean }} context
 */
async function runPrograms({ env, settings, dataDir, stopping, isDev }) {
  const totalMs = Number(settings['STOP_TIMEOUT_MS'])
  const { ADMIN_EMAIL: _email, ADMIN_PASSWORD: _password, ...running } = env
  // The simulator is no part of the product: it gets none of the product's secrets.
  const { PATH, LOG_LEVEL } = env
  const bare = { PATH, LOG_LEVEL, ...settings }
  const plans = /** @type {const} */ ([
    ...(settings['SIMULATOR_PORT'] ? [{ name: 'simulator', env: bare, shareOfTime: 0.93 }] : []),
    { name: 'worker', env: { ...running, STOP_TIMEOUT_MS: String(Math.round(0.55 * totalMs)) }, shareOfTime: 0.85 },
    { name: 'web', env: { ...running, STOP_TIMEOUT_MS: String(Math.round(0.3 * totalMs)) }, shareOfTime: 0.3 },
  ])
  /** @type {Map<string, import('./run-program.mjs').RunningProgram>} */
  const programs = new Map()
  const onPid = () =>
    dataDir.rememberChildren(Object.fromEntries([...programs].map(([name, program]) => [name, program.pid() ?? 0])))
  if (isDev) {
    const names = plans.map(({ name }) => name)
    await watchPrograms(/** @type {Array<import('../bundle.mjs').ProgramName>} */ (names), (name) => {
      console.log(`${name} has changed; starting it again`)
      programs.get(name)?.restart()
    })
  }
  for (const { name, env: programEnv, shareOfTime } of plans) {
    const path = isDev ? join(rootDir, 'dist/dev', `${name}.js`) : programPath(/** @type {'web'} */ (name))
    const program = runProgram({ name, path, env: programEnv, onPid })
    programs.set(name, program)
    onPid()
    stopping.add(name, shareOfTime, program.stop)
  }
  const ups = [...programs.values()].map((program) => program.ready)
  for (const up of ups) up.catch(() => {})
  const started = Promise.race([Promise.all(ups), stopping.begun]).catch((error) => {
    throw new PlainError(`${error.message}; the lines above say why.`)
  })
  await withProgress(`starting ${plans.map(({ name }) => name).join(', ')}`, () => started)
}

/**
 * An empty variable counts as an unset one, but for lists.
 * @param {import('../bootstrap/paths.mjs').Env} env
 */
function withoutEmpty(env) {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => value || name.endsWith('_ALLOW')))
}
