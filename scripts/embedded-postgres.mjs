import { fork, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PlainError } from './bootstrap/plain-error.mjs'
import { findFreePort, reservePort } from './bootstrap/ports.mjs'
import { stopProcess } from './bootstrap/processes.mjs'
import { choosePostgresUser, giveTo } from './postgres/choose-user.mjs'
import { findPostgresBinaries } from './postgres/find-binaries.mjs'
import { clearLeftover, readPostmasterFile } from './postgres/postmaster-file.mjs'

const MAX_LOG_BYTES = 10_000_000

/**
 * @typedef {object} EmbeddedPostgres
 * @property {string} url
 * @property {number} port
 * @property {number} pid
 * @property {Promise<void>} exited settles when the server has ended, requested or not
 * @property {(timeoutMs?: number) => Promise<void>} stop ends all connections and the server; idempotent
 */

/**
 * Starts a Postgres server on `dataDir/postgres`, which the first start creates, and resolves when it accepts
 * connections. It listens only on 127.0.0.1 and requires the password. The port is stored in `dataDir/postgres.json`
 * and reused while it is free. The server ends with this process, also on kill -9; a server of an earlier start is
 * stopped first. The caller must hold the lock of `dataDir`.
 * @param {{ dataDir: string, password: string, log?: (line: string) => void, port?: number, settings?: Record<string, string> }} options
 * @returns {Promise<EmbeddedPostgres>}
 * @throws PlainError with a solution when Postgres cannot run on this machine
 */
export async function startEmbeddedPostgres({ dataDir: givenDir, password, log = () => {}, port: wish, settings }) {
  const dataDir = resolve(givenDir)
  mkdirSync(dataDir, { recursive: true })
  const { nativeDir, majorVersion } = findPostgresBinaries()
  const user = choosePostgresUser({ nativeDir, dataDir })
  const clusterDir = join(dataDir, 'postgres')

  if (!existsSync(join(clusterDir, 'PG_VERSION'))) {
    log('creating the database')
    createCluster(clusterDir, password, user)
  }
  checkVersion(clusterDir, majorVersion)
  await clearLeftover(clusterDir)
  giveTo(clusterDir, user)
  chmodSync(clusterDir, 0o700)

  const port = wish ?? (await choosePort(join(dataDir, 'postgres.json')))
  const server = await launch({ clusterDir, user, port, settings, logPath: join(dataDir, 'postgres.log') })
  writeFileSync(join(dataDir, 'postgres.json'), JSON.stringify({ port }))
  return { ...server, port, url: postgresUrl({ port, password }) }
}

/**
 * Returns the connection URL of an embedded server.
 * @param {{ port: number, password: string }} server
 */
export function postgresUrl({ port, password }) {
  return `postgres://wxbot:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}

/**
 * Creates a cluster under a temporary name and renames it when complete, so an interrupted creation can be repeated.
 * @param {string} clusterDir
 * @param {string} password
 * @param {import('./postgres/choose-user.mjs').PostgresUser} user
 */
function createCluster(clusterDir, password, user) {
  const draft = `${clusterDir}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  giveTo(draft, user)
  // initdb reads the password only from a file; only this user can read it, and it is deleted afterwards.
  const passwordFile = `${clusterDir}.password`
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  giveTo(passwordFile, user)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const [command, ...args] = [
    ...user.prefix,
    join(user.nativeDir, 'bin/initdb'),
    `--pgdata=${draft}`,
    '--username=wxbot',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    ...locale,
  ]
  const made = spawnSync(/** @type {string} */ (command), args, {
    ...user.ids,
    cwd: '/',
    env: postgresEnv(),
    encoding: 'utf8',
  })
  rmSync(passwordFile)
  if (made.status !== 0)
    throw new PlainError(`Postgres could not create its data folder ${clusterDir}:\n${made.stderr || made.error}`)
  renameSync(draft, clusterDir)
}

/**
 * @param {string} clusterDir
 * @param {string} majorVersion
 */
function checkVersion(clusterDir, majorVersion) {
  const found = readFileSync(join(clusterDir, 'PG_VERSION'), 'utf8').trim()
  if (found !== majorVersion)
    throw new PlainError(
      `${clusterDir} was made by Postgres ${found}, the one installed here is ${majorVersion}. Start the older version of wxbot and export the data first, or choose another DATA_DIR.`,
    )
}

/** Keeps the secrets of the product out of the environment of Postgres. */
function postgresEnv() {
  return /** @type {NodeJS.ProcessEnv} */ ({ NODE_ENV: 'production', PATH: process.env['PATH'], LC_ALL: 'C' })
}

/** @param {string} statePath */
async function choosePort(statePath) {
  try {
    const { port } = JSON.parse(readFileSync(statePath, 'utf8'))
    return await reservePort({ variable: 'port', host: '127.0.0.1', port: String(port), timeoutMs: 0 })
  } catch {
    return findFreePort()
  }
}

/**
 * @param {{ clusterDir: string, user: import('./postgres/choose-user.mjs').PostgresUser, port: number, settings: Record<string, string> | undefined, logPath: string }} options
 */
async function launch({ clusterDir, user, port, settings, logPath }) {
  if (existsSync(logPath) && statSync(logPath).size > MAX_LOG_BYTES) renameSync(logPath, `${logPath}.old`)
  const logFile = openSync(logPath, 'a', 0o600)
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    max_connections: '200',
    // Error details contain row values: messages, nicknames, links.
    log_error_verbosity: 'terse',
    ...settings,
  }
  const [command, ...args] = [
    ...user.prefix,
    join(user.nativeDir, 'bin/postgres'),
    '-D',
    clusterDir,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  // A separate process group: Ctrl-C in the terminal must not stop the database before its clients.
  const child = spawn(/** @type {string} */ (command), args, {
    ...user.ids,
    cwd: '/',
    detached: true,
    stdio: ['ignore', logFile, logFile],
    env: postgresEnv(),
  })
  closeSync(logFile)
  let hasExited = false
  /** @type {Promise<void>} */
  const exited = new Promise((done) => {
    const end = () => {
      hasExited = true
      done()
    }
    child.once('exit', end)
    child.once('error', end)
  })
  const pid = child.pid ?? 0
  const guard = fork(fileURLToPath(new URL('./postgres/guard.mjs', import.meta.url)), [String(pid)], {
    detached: true,
    stdio: 'ignore',
    execArgv: [],
  })
  void exited.then(() => guard.connected && guard.disconnect())

  const endMs = Date.now() + 60_000
  while (!hasExited && !(readPostmasterFile(clusterDir)?.pid === pid && readPostmasterFile(clusterDir)?.isReady)) {
    if (Date.now() > endMs) await stopProcess(pid, [['SIGQUIT', 2000]])
    await new Promise((done) => setTimeout(done, 20))
  }
  if (hasExited) {
    const lastLines = readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
    throw new PlainError(`Postgres did not start on ${clusterDir}. Its last words (${logPath}):\n${lastLines}`)
  }
  guard.unref()
  guard.channel?.unref()

  const stop = async (timeoutMs = 8000) => {
    if (hasExited) return
    await stopProcess(pid, [
      ['SIGINT', timeoutMs],
      ['SIGQUIT', 1000],
    ])
    await exited
  }
  return { pid, exited, stop }
}
