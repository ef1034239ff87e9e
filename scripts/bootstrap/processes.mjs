import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Tells whether a process with this id lives; a zombie counts as gone.
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
 * Reads the command line of a process, "" when it is gone. Process ids are reused (in containers within minutes),
 * so nobody is to be stopped or waited for by its number alone.
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
 * Names the parent of a process where the system tells it for free (Linux), else 0.
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
 * Waits until a condition holds, looking every 25 ms; false when it did not within `timeoutMs`.
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
 * Sends a signal, and is content when the process is gone already.
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function signalProcess(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error
  }
}

/**
 * Stops a process: each signal in turn, a step further whenever its patience is over. SIGKILL is the last resort.
 * @param {number} pid
 * @param {Array<[NodeJS.Signals, number]>} steps signals with the milliseconds to wait after each
 */
export async function stopProcess(pid, steps) {
  for (const [signal, patienceMs] of [...steps, /** @type {[NodeJS.Signals, number]} */ (['SIGKILL', 2000])]) {
    signalProcess(pid, signal)
    if (await waitUntil(() => !isAlive(pid), patienceMs)) return
  }
}
