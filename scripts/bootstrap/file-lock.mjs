import { createHash } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootDir } from './paths.mjs'
import { commandOf, isAlive } from './processes.mjs'

/**
 * @typedef {{ pid: number, [more: string]: unknown }} LockHolder
 * @typedef {{ ok: true, previous: LockHolder | undefined } | { ok: false, holder: LockHolder }} LockOutcome
 */

/**
 * Acquires a lock file for this process. Takes over a lock whose process has ended or whose process id now belongs to
 * a program other than Node; `previous` is then its last holder.
 * @param {string} path
 * @returns {LockOutcome}
 */
export function takeFileLock(path) {
  /** @type {LockHolder | undefined} */
  let previous
  for (;;) {
    if (createWhole(path, JSON.stringify({ pid: process.pid }))) return { ok: true, previous }
    const holder = readLock(path)
    if (holder && holder.pid !== process.pid && isAlive(holder.pid) && /node|\.mjs/.test(commandOf(holder.pid)))
      return { ok: false, holder }
    previous = holder
    rmSync(path, { force: true })
  }
}

/**
 * Creates a file atomically; returns false if it exists.
 * @param {string} path
 * @param {string} content
 */
function createWhole(path, content) {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, content, { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Returns the holder of a lock file; undefined: the file is missing or unreadable.
 * @param {string} path
 * @returns {LockHolder | undefined}
 */
function readLock(path) {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8'))
    return Number.isInteger(holder?.pid) ? holder : undefined
  } catch {
    return undefined
  }
}

/**
 * Runs a step of this checkout exclusively on this machine; waits while another process runs it.
 * @template T
 * @param {'install' | 'build'} name
 * @param {() => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function machineLock(name, step) {
  const checkout = createHash('sha256').update(rootDir).digest('hex').slice(0, 12)
  const path = join(tmpdir(), `wxbot-${checkout}-${name}.lock`)
  while (!takeFileLock(path).ok) await new Promise((resolve) => setTimeout(resolve, 300))
  try {
    return await step()
  } finally {
    rmSync(path, { force: true })
  }
}
