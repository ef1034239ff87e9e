// npm leaves out of the lock file the optional packages of platforms that its registry did not offer at that moment, and
// `npm ci` then refuses the lock on every machine. This writes them back. `--check` changes nothing and complains.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootDir } from './bootstrap/paths.mjs'
import { PlainError, runMain } from './bootstrap/plain-error.mjs'

/**
 * @typedef {{ version?: string, resolved?: string, optionalDependencies?: Record<string, string>, dev?: boolean, [more: string]: unknown }} LockEntry
 * @typedef {Record<string, LockEntry>} LockPackages
 */

const path = join(rootDir, 'package-lock.json')
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

await runMain(async () => {
  const lock = JSON.parse(readFileSync(path, 'utf8'))
  /** @type {LockPackages} */
  const packages = lock.packages
  const resolved = Object.keys(packages).filter((key) => packages[key]?.resolved?.startsWith('http'))
  const missing = findMissing(packages)
  if (process.argv.includes('--check')) {
    const names = missing.map(({ key }) => key)
    const fix = 'Run "npm run lock:complete" and commit package-lock.json.'
    if (names.length) throw new PlainError(`package-lock.json lacks ${names.join(', ')}. ${fix}`)
    if (resolved.length)
      throw new PlainError(`package-lock.json names the registry it was made with (${resolved[0]}). ${fix}`)
    return
  }
  for (const { key, entry } of missing) packages[key] = entry
  for (const key of resolved) delete packages[key]?.resolved
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`package-lock.json: ${missing.length} packages added, ${resolved.length} addresses removed`)
})

/**
 * Finds optional packages with an exact version that are named by another package but have no entry of their own.
 * @param {LockPackages} packages
 */
function findMissing(packages) {
  /** @type {Array<{ key: string, entry: LockEntry }>} */
  const missing = []
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (isFound(packages, parent, name)) continue
      const key = `node_modules/${name}`
      if (packages[key] || missing.some((other) => other.key === key))
        throw new PlainError(`package-lock.json: ${name} is wanted in two versions; add it by hand.`)
      const { os, cpu, libc } = platformOf(name)
      // npm's own order of the fields, so that the next npm install has nothing to rewrite.
      const entry = {
        version,
        cpu,
        ...(dev ? { dev } : {}),
        ...(libc ? { libc } : {}),
        optional: true,
        ...(os ? { os } : {}),
      }
      missing.push({ key, entry })
    }
  }
  return missing
}

/**
 * Looks for a package where Node would: beside the parent, then outwards.
 * @param {LockPackages} packages
 * @param {string} parent
 * @param {string} name
 */
function isFound(packages, parent, name) {
  const folders = parent.split('/node_modules/').map((_, depth, all) => all.slice(0, depth + 1).join('/node_modules/'))
  return ['', ...folders].some((folder) => packages[`${folder ? `${folder}/` : ''}node_modules/${name}`])
}

/**
 * Reads the platform out of a package's name: `@next/swc-linux-arm64-musl`.
 * @param {string} name
 */
function platformOf(name) {
  const parts = (name.split('/').pop() ?? '').split('-')
  const os = SYSTEMS.filter((system) => parts.includes(system) || (system === 'win32' && parts.includes('windows')))
  const cpu = PROCESSORS.filter((processor) => parts.includes(processor))
  if (cpu.length !== 1) throw new PlainError(`package-lock.json: no platform can be read from ${name}; add it by hand.`)
  const isMusl = parts.some((part) => part.startsWith('musl'))
  const isGlibc = parts.some((part) => part.startsWith('gnu'))
  const libc = isMusl ? ['musl'] : isGlibc && os.includes('linux') ? ['glibc'] : undefined
  return { os: os.length ? os : undefined, cpu, libc }
}
