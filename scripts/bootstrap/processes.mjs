import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Returns whether a process with this id is alive; a zombie is not.
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
  return commandOf(pid) !== ''
}

/**
 * Returns the command line of a process; "": the process has ended. Process ids are reused (in containers within
 * minutes), so do not stop or wait for a process by its id alone.
 * @param {number} pid
 */
export function commandOf(pid) {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    } catch {
      return ''
    }
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

/**
 * Returns the parent id of a process on Linux; 0: unknown.
 * @param {number} pid
 */
export function parentOf(pid) {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return 0
  }
}

/**
 * Checks a condition every 25 ms and returns whether it became true within `timeoutMs`.
 * @param {() => boolean} isTrue
 * @param {number} timeoutMs
 */
export async function waitUntil(isTrue, timeoutMs) {
  const endMs = Date.now() + timeoutMs
  while (!isTrue()) {
    if (Date.now() > endMs) return false
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return true
}

/**
 * Sends a signal; does nothing if the process has already ended.
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalProcess(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error
  }
}

/**
 * Stops a process with each signal in turn until it ends, finally with SIGKILL.
 * @param {number} pid
 * @param {Array<[NodeJS.Signals, number]>} steps signals with the milliseconds to wait after each
 */
export async function stopProcess(pid, steps) {
  for (const [signal, timeoutMs] of [...steps, /** @type {[NodeJS.Signals, number]} */ (['SIGKILL', 2000])]) {
    signalProcess(pid, signal)
    if (await waitUntil(() => !isAlive(pid), timeoutMs)) return
  }
}
