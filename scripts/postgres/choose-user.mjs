import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { PlainError } from '../bootstrap/plain-error.mjs'

const NOBODY = 65534

/**
 * @typedef {object} PostgresUser the user that runs the server: Postgres refuses to run as root
 * @property {string} nativeDir folder with bin/ and lib/ that this user can read
 * @property {string[]} prefix command that starts the program in the namespace; empty: none
 * @property {{ uid?: number, gid?: number }} ids
 */

/**
 * Returns the user that runs Postgres. A user other than root stays the same. For root, the first of these that works: `nobody`, if it can read the
 * binaries and the data; a user namespace; `nobody` with a copy of the binaries in the data folder.
 * @param {{ nativeDir: string, dataDir: string }} folders dataDir must exist
 * @returns {PostgresUser}
 * @throws PlainError when none of these works for root
 */
export function choosePostgresUser({ nativeDir, dataDir }) {
  // A container may run as a user id without a name, which initdb rejects; inside a namespace the id has a name.
  if (process.getuid?.() !== 0) return (!hasName() && inNamespace(nativeDir)) || { nativeDir, prefix: [], ids: {} }

  const ids = { uid: NOBODY, gid: NOBODY }
  // Grants only the right to enter; the permissions of the files in the folder stay unchanged.
  if (canEnter(dirname(dataDir), ids)) chmodSync(dataDir, statSync(dataDir).mode | 0o011)
  if (canEnter(dataDir, ids)) {
    if (canRun(nativeDir, ids)) return { nativeDir, prefix: [], ids }
    const copy = join(dataDir, 'postgres-binaries')
    const namespace = inNamespace(nativeDir)
    if (namespace) return namespace
    if (!existsSync(copy)) cpSync(nativeDir, copy, { recursive: true, verbatimSymlinks: true })
    if (canRun(copy, ids)) return { nativeDir: copy, prefix: [], ids }
  }
  const namespace = inNamespace(nativeDir)
  if (namespace) return namespace
  throw new PlainError(
    `Postgres refuses to run as root, and no other user can reach ${dataDir}. Choose a folder that others may enter (DATA_DIR=/var/lib/wxbot npm start), run as a normal user, or use a Postgres of your own (DATABASE_URL).`,
  )
}

/**
 * Changes the owner of a folder and its content to the user that runs Postgres, if another user owns it.
 * @param {string} folder
 * @param {PostgresUser} user
 */
export function giveTo(folder, user) {
  const uid = user.ids.uid ?? process.getuid?.()
  if (uid === undefined || process.getuid?.() !== 0 || lstatSync(folder).uid === uid) return
  const give = (/** @type {string} */ path) => {
    if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) give(join(path, name))
    chownSync(path, uid, uid)
  }
  give(folder)
}

function hasName() {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

/**
 * @param {string} folder
 * @param {{ uid: number, gid: number }} ids
 */
function canEnter(folder, ids) {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...ids, cwd: '/', stdio: 'ignore' }).status === 0
}

/**
 * @param {string} nativeDir
 * @param {{ uid: number, gid: number }} ids
 */
function canRun(nativeDir, ids) {
  return spawnSync(join(nativeDir, 'bin/postgres'), ['--version'], { ...ids, cwd: '/', stdio: 'ignore' }).status === 0
}

/**
 * Returns this user as `nobody` in a separate user namespace: same file permissions, but not root and not nameless.
 * @param {string} nativeDir
 * @returns {PostgresUser | undefined}
 */
function inNamespace(nativeDir) {
  const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']
  const probe = spawnSync('unshare', [...prefix.slice(1), join(nativeDir, 'bin/postgres'), '--version'], {
    stdio: 'ignore',
  })
  return probe.status === 0 ? { nativeDir, prefix, ids: {} } : undefined
}
