// Runs commands of the bundled command line in one process, because each new process takes a second to start. It responds to each message,
// a command's arguments and environment, with what the command prints.
import { pathToFileURL } from 'node:url'
import { programPath } from '../scripts/bundle.mjs'
import { envOfDataDir } from '../scripts/bootstrap/env-of-data-dir.mjs'

const program = pathToFileURL(programPath('cli')).href

process.on('disconnect', () => process.exit())
process.on('message', (/** @type {Command} */ command) => void run(command))

/** @typedef {{ args: string[], env: Record<string, string> }} Command */

/** @param {Command} command */
async function run({ args, env }) {
  const printed = { stdout: '', stderr: '' }
  console.log = (text) => (printed.stdout += `${text}\n`)
  console.error = (text) => (printed.stderr += `${text}\n`)
  process.argv.splice(2, Infinity, ...args)
  process.env = /** @type {NodeJS.ProcessEnv} */ (envOfDataDir(env))
  process.exitCode = 0
  // The program runs while it is loaded; another query loads it again.
  await import(`${program}?${performance.now()}`)
  process.send?.({ ...printed, code: process.exitCode })
}
