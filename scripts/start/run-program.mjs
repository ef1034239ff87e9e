import { fork } from 'node:child_process'
import { stopProcess } from '../bootstrap/processes.mjs'
import { rootDir } from '../bootstrap/paths.mjs'
import { nodeOptionsOf } from '../bundle.mjs'

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
const SETTLED_MS = 60_000
const FALSE_STARTS = 3

/**
 * @typedef {object} RunningProgram
 * @property {Promise<void>} ready resolves when the program reports that it is ready; rejects when it cannot start
 * @property {() => number | undefined} pid
 * @property {() => void} restart
 * @property {(timeoutMs: number) => Promise<void>} stop
 */

/**
 * Runs a program and restarts it with a growing delay when it ends unexpectedly.
 * @param {{ name: string, path: string, env: import('../bootstrap/paths.mjs').Env, onPid: () => void }} options
 * @returns {RunningProgram}
 */
export function runProgram({ name, path, env, onPid }) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  let isStopping = false
  let isRestarting = false
  let isUp = false
  let falseStarts = 0
  let delayMs = FIRST_DELAY_MS
  /** @type {(error?: Error) => void} */
  let settle = () => {}
  /** @type {Promise<void>} */
  const ready = new Promise((resolve, reject) => (settle = (error) => (error ? reject(error) : resolve())))

  function start() {
    const startedMs = Date.now()
    child = fork(path, [], {
      cwd: rootDir,
      env: /** @type {NodeJS.ProcessEnv} */ (env),
      execArgv: nodeOptionsOf(name),
      // A separate process group: Ctrl-C reaches only the parent, which stops its children in order.
      // Output is inherited, not piped: a web server that writes to a closed pipe loops and ignores signals.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    onPid()
    child.on('message', (message) => {
      if (/** @type {{ type?: string }} */ (message)?.type !== 'ready') return
      isUp = true
      settle()
    })
    child.once('error', (error) => console.error(`${name}: ${error.message}`))
    child.once('exit', (code, signal) => {
      child = undefined
      if (isStopping) return
      if (isRestarting) {
        isRestarting = false
        return start()
      }
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`
      if (!isUp && ++falseStarts >= FALSE_STARTS) return settle(new Error(`${name} ${how} before it was up`))
      if (Date.now() - startedMs > SETTLED_MS) delayMs = FIRST_DELAY_MS
      console.error(`${name} ${how}; starting it again in ${delayMs / 1000} s`)
      timer = setTimeout(start, delayMs)
      delayMs = Math.min(2 * delayMs, LONGEST_DELAY_MS)
    })
  }

  start()
  return {
    ready,
    pid: () => child?.pid,
    restart() {
      isRestarting = child !== undefined
      child?.kill('SIGTERM')
    },
    async stop(timeoutMs) {
      isStopping = true
      clearTimeout(timer)
      if (child?.pid) await stopProcess(child.pid, [['SIGTERM', timeoutMs]])
    },
  }
}
