// Adds what npm omits from the lock file: optional packages for platforms that the registry did not offer at that
// moment (`npm ci` then rejects the lock file on every machine), and their integrity. `--check` only reports them.
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { rootDir } from './bootstrap/paths.mjs'
import { PlainError, runMain } from './bootstrap/plain-error.mjs'
import { findMissing, findPinned, findUnverified } from './lock/inspect-lock.mjs'

const path = join(rootDir, 'package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))
/** @type {import('./lock/inspect-lock.mjs').LockPackages} */
const packages = lock.packages

await runMain(() => (process.argv.includes('--check') ? check() : complete()))

async function check() {
  const fix = 'Run "npm run lock:complete" and commit package-lock.json.'
  const problems = [
    { keys: findMissing(packages).map(({ key }) => key), text: 'lacks' },
    { keys: findUnverified(packages).map(({ key }) => key), text: 'has no integrity for' },
    { keys: findPinned(packages), text: 'names the registry it was made with at' },
  ].filter(({ keys }) => keys.length > 0)
  const lines = problems.map(({ keys, text }) => `package-lock.json ${text} ${keys.join(', ')}.`)
  if (lines.length > 0) throw new PlainError([...lines, fix].join('\n'))
}

async function complete() {
  const missing = findMissing(packages)
  for (const { key, entry } of missing) packages[key] = entry
  const pinned = findPinned(packages)
  for (const key of pinned) delete packages[key]?.resolved
  const unverified = findUnverified(packages)
  for (const { key, spec } of unverified) await addIntegrity(key, spec)
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(
    `package-lock.json: ${missing.length} packages and ${unverified.length} integrities added, ${pinned.length} addresses removed`,
  )
}

/**
 * @param {string} key
 * @param {string} spec
 */
async function addIntegrity(key, spec) {
  const { stdout } = await promisify(execFile)('npm', ['view', spec, 'dist.integrity'], { timeout: 60_000 })
  const integrity = stdout.trim()
  if (!/^sha\d+-\S+$/.test(integrity)) throw new PlainError(`The registry has no integrity for ${spec}.`)
  // The field order of npm, so that the next npm install does not rewrite the file.
  const { version, ...rest } = packages[key] ?? {}
  packages[key] = { ...(version ? { version } : {}), integrity, ...rest }
}
