import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { takeFileLock } from './file-lock.mjs'
import { PlainError } from './plain-error.mjs'
import { commandOf, isAlive, stopProcess } from './processes.mjs'

/**
 * @typedef {object} DataDir
 * @property {string} path
 * @property {boolean} wasLeftBehind whether the previous start was killed before it could clean up
 * @property {(children: Record<string, number>) => void} rememberChildren
 * @property {() => void} release
 */

/**
 * Claims a data folder for this start and creates it if missing. Stops processes that a killed start left running.
 * @param {string} path absolute
 * @returns {Promise<DataDir>}
 * @throws PlainError when the folder cannot be written or another start uses it
 */
export async function claimDataDir(path) {
  checkWritable(path)
  const lockPath = join(path, 'running.json')
  const lock = takeFileLock(lockPath)
  if (!lock.ok)
    throw new PlainError(
      `wxbot is already running on ${path} (process ${lock.holder.pid}). Stop it first, or start a second one beside it with other ports and another folder: PORT=3010 WORKER_PORT=3011 SIMULATOR_PORT=3012 DATA_DIR=./.data-2 npm start`,
    )
  const leftovers = Object.values(lock.previous?.['children'] ?? {}).map(Number)
  await Promise.all(leftovers.map(stopLeftover))
  return {
    path,
    wasLeftBehind: lock.previous !== undefined,
    // Replaced atomically: a reader never sees a partial file.
    rememberChildren(children) {
      writeFileSync(`${lockPath}.new`, JSON.stringify({ pid: process.pid, children }))
      renameSync(`${lockPath}.new`, lockPath)
    },
    release: () => rmSync(lockPath, { force: true }),
  }
}

/** @param {number} pid */
async function stopLeftover(pid) {
  if (isAlive(pid) && /dist\/(dev\/)?(web|worker|simulator)\.js/.test(commandOf(pid)))
    await stopProcess(pid, [['SIGTERM', 5000]])
}

/** @param {string} path */
function checkWritable(path) {
  try {
    // Under root, Postgres runs as another user, which must be able to enter the folder.
    mkdirSync(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    const probe = join(path, `.probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code
    const reason = code === 'ENOSPC' ? 'the disk is full' : code === 'EROFS' ? 'the disk is read-only' : code
    throw new PlainError(
      `The data folder ${path} cannot be written (${reason}). Make it writable for this user, or choose another with DATA_DIR, for example: DATA_DIR=$HOME/wxbot-data npm start`,
    )
  }
}
