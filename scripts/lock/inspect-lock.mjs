import { PlainError } from '../bootstrap/plain-error.mjs'

/**
 * @typedef {{ version?: string, resolved?: string, optionalDependencies?: Record<string, string>, integrity?: string, name?: string, link?: boolean, dev?: boolean, [more: string]: unknown }} LockEntry
 * @typedef {Record<string, LockEntry>} LockPackages
 */

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/**
 * Returns the production packages whose content `npm ci` would not verify.
 * @param {LockPackages} packages
 * @returns {Array<{ key: string, spec: string }>} `spec`: name@version in the registry
 */
export function findUnverified(packages) {
  return Object.entries(packages)
    .filter(([key, { integrity, link, dev }]) => key.includes('node_modules/') && !integrity && !link && !dev)
    .map(([key, { name, version }]) => ({ key, spec: `${name ?? key.split('node_modules/').pop()}@${version}` }))
}

/**
 * Returns the packages whose entry contains the URL of a registry.
 * @param {LockPackages} packages
 */
export function findPinned(packages) {
  return Object.keys(packages).filter((key) => packages[key]?.resolved?.startsWith('http'))
}

/**
 * Returns the optional dependencies with an exact version that have no entry in the lock file.
 * @param {LockPackages} packages
 */
export function findMissing(packages) {
  /** @type {Array<{ key: string, entry: LockEntry }>} */
  const missing = []
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (isFound(packages, parent, name)) continue
      const key = `node_modules/${name}`
      if (packages[key] || missing.some((other) => other.key === key))
        throw new PlainError(`package-lock.json: ${name} is required in two versions; add it by hand.`)
      const { os, cpu, libc } = platformOf(name)
      // The field order of npm, so that the next npm install does not rewrite the file.
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
 * Resolves a package as Node does: next to the parent, then in each outer folder.
 * @param {LockPackages} packages
 * @param {string} parent
 * @param {string} name
 */
function isFound(packages, parent, name) {
  const folders = parent.split('/node_modules/').map((_, depth, all) => all.slice(0, depth + 1).join('/node_modules/'))
  return ['', ...folders].some((folder) => packages[`${folder ? `${folder}/` : ''}node_modules/${name}`])
}

/**
 * Returns the platform in a package name such as `@next/swc-linux-arm64-musl`.
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
