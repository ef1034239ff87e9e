// `npm run check`: runs every check, even after a failure, so that one run reports all failures. What a check prints
// appears when it ends.
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { rootDir } from './bootstrap/paths.mjs'
import { runMain } from './bootstrap/plain-error.mjs'
import { installPackagesIfStale } from './bootstrap/install-packages.mjs'

/** Each chain in order, side by side. The linter reads types that `check:types` generates, so they are not in two chains. */
const CHAINS = [
  ['check:lint', 'check:types'],
  ['check:format', 'check:unused', 'check:references', 'check:env', 'check:lock', 'check:migrations'],
]

await runMain(async () => {
  await installPackagesIfStale()
  /** @type {string[]} */
  const failed = []
  await Promise.all(
    CHAINS.map(async (names) => {
      for (const name of names) if (!(await passes(name))) failed.push(name)
    }),
  )
  console.log(failed.length ? `${failed.length} of ${CHAINS.flat().length} checks failed` : 'all checks passed')
  process.exitCode = failed.length ? 1 : 0
})

/** @param {string} name */
async function passes(name) {
  const startedMs = Date.now()
  const child = spawn('npm', ['run', '-s', name], { cwd: rootDir, stdio: ['ignore', 'pipe', 'pipe'] })
  const code = new Promise((resolve) => child.once('close', resolve))
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  const isGood = (await code) === 0
  process.stdout.write(output + errors)
  console.log(`${isGood ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`)
  return isGood
}
