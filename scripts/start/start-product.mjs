import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { claimDataDir } from '../bootstrap/data-dir.mjs'
import { installPackagesIfStale } from '../bootstrap/install-packages.mjs'
import { dataDirOf, rootDir, withoutEmpty } from '../bootstrap/paths.mjs'
import { PlainError } from '../bootstrap/plain-error.mjs'
import { withProgress } from '../bootstrap/progress.mjs'
import { ensureSecrets } from '../bootstrap/read-secrets.mjs'
import { buildProduct } from '../build.mjs'
import { bundlePrograms, programPath } from '../bundle.mjs'
import { checkSettings } from './check-settings.mjs'
import { browsable, decideSettings, findTakenPorts, ownPorts } from './decide-settings.mjs'
import { keepPostgres } from './keep-postgres.mjs'
import { migrate } from './migrate.mjs'
import { runProgram } from './run-program.mjs'
import { stopOnSignal } from './stop-on-signal.mjs'
import { waitForReadyz } from './wait-for-readyz.mjs'
import { watchPrograms } from './watch-programs.mjs'

/** Maximum wait for ports that the processes of a killed start still use. */
const LEAVING_MS = 12_000

/**
 * Starts the whole product under this process, from any state of the checkout, prints `ready: …` and returns.
 * The product runs until Ctrl-C, SIGTERM or SIGHUP.
 * @param {{ isDev: boolean }} options
 * @throws PlainError for every problem that the operator can fix
 */
export async function startProduct({ isDev }) {
  // The reader of a piped output may exit; that must not end the product.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  await installPackagesIfStale()
  const { dataDir, settings } = await prepareSettings({ isDev })
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
 * Claims the data folder and returns the settings; throws one error that lists every problem.
 * @param {{ isDev: boolean }} options
 */
async function prepareSettings({ isDev }) {
  const path = dataDirOf(process.env)
  const claim = await claimDataDir(path).catch((/** @type {unknown} */ error) => /** @type {Error} */ (error))
  if (!(claim instanceof Error)) process.once('exit', claim.release)
  const settings = await decideSettings(process.env, { dataDir: path, isDev })
  /** @type {import('../../lib/env').EnvProblem[]} */
  const problems = []
  if (claim instanceof PlainError) problems.push({ names: ['DATA_DIR'], reason: claim.message })
  else if (claim instanceof Error) throw claim
  else problems.push(...(await findTakenPorts(settings, { timeoutMs: claim.wasLeftBehind ? LEAVING_MS : 0 })))
  await checkSettings({ env: process.env, settings, problems })
  return { dataDir: /** @type {import('../bootstrap/data-dir.mjs').DataDir} */ (claim), settings }
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
    // Printed even when a later step of the start fails: the password cannot be shown again.
    if (operator) console.log(`\n${operator}`)
  }
  if (stopping.hasBegun()) return
  if (settings['SIMULATOR_PORT']) console.log(`phone page: http://127.0.0.1:${settings['SIMULATOR_PORT']}/`)
  console.log(`ready: http://${browsable(settings['HOST'] ?? '')}:${settings['PORT']}`)
}

/**
 * Starts simulator, worker and web; they stop in reverse order.
 * @param {{ env: import('../bootstrap/paths.mjs').Env, settings: import('./decide-settings.mjs').Settings, dataDir: import('../bootstrap/data-dir.mjs').DataDir, stopping: import('./stop-on-signal.mjs').Stopping, isDev: boolean }} context
 */
async function runPrograms({ env, settings, dataDir, stopping, isDev }) {
  const totalMs = Number(settings['STOP_TIMEOUT_MS'])
  const { ADMIN_EMAIL: _email, ADMIN_PASSWORD: _password, ...running } = env
  // The simulator is not part of the product, so it gets none of the product's secrets.
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
