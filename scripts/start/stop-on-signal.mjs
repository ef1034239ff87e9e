import { parentOf } from '../bootstrap/processes.mjs'

/**
 * @typedef {object} Stopping
 * @property {(name: string, shareOfTime: number, stop: (timeoutMs: number) => Promise<void>) => void} add
 *   adds a part that stops before the parts added earlier; `shareOfTime`: its deadline, as a share of the total time
 * @property {() => Promise<void>} stop stops all parts in order; repeated calls return the same promise
 * @property {() => boolean} hasBegun
 * @property {Promise<void>} begun
 */

/**
 * Stops all parts in reverse order on Ctrl-C, SIGTERM, SIGHUP, or when the npm parent process was killed; then ends the
 * process. Repeated signals have no effect.
 * @param {number} totalMs for all parts together
 * @returns {Stopping}
 */
export function stopOnSignal(totalMs) {
  /** @type {Array<{ name: string, shareOfTime: number, stop: (timeoutMs: number) => Promise<void> }>} */
  const parts = []
  /** @type {Promise<void> | undefined} */
  let stopped
  let tellBegun = () => {}
  /** @type {Promise<void>} */
  const begun = new Promise((resolve) => (tellBegun = resolve))

  async function stopParts() {
    tellBegun()
    const beganMs = Date.now()
    for (let part = parts.shift(); part; part = parts.shift()) {
      const leftMs = beganMs + totalMs * part.shareOfTime - Date.now()
      // A process killed after its timeout needs a moment to end.
      await part.stop(Math.max(200, leftMs - 150)).catch((error) => console.error(error))
    }
  }
  const stop = () => (stopped ??= stopParts())

  const stopAndLeave = async (/** @type {string} */ why) => {
    if (stopped) return
    console.log(`\n${why}: stopping`)
    await stop()
    console.log('stopped')
    process.exit(process.exitCode ?? 0)
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => void stopAndLeave(signal))
  leaveWithNpm(() => void stopAndLeave('npm is gone'))

  return {
    add: (name, shareOfTime, stopPart) => parts.unshift({ name, shareOfTime, stop: stopPart }),
    stop,
    hasBegun: () => stopped !== undefined,
    begun,
  }
}

/**
 * Calls `leave` when `npm start` is killed with -9; otherwise this process would keep the ports of the next start.
 * A shell between npm and this process may outlive npm.
 * @param {() => void} leave
 */
function leaveWithNpm(leave) {
  if (!process.env['npm_lifecycle_event']) return
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`
  const atStart = ancestors()
  const timer = setInterval(() => {
    if (ancestors() === atStart) return
    clearInterval(timer)
    leave()
  }, 500)
  timer.unref()
}
