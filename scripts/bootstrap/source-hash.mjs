import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { rootDir } from './paths.mjs'

/** The inputs of a build. */
const SOURCES = [
  'app cli components drizzle lib messages public simulator web worker',
  'instrumentation.ts next.config.mjs postcss.config.mjs proxy.ts scripts/bundle.mjs tailwind.config.ts tsconfig.json',
  'package.json package-lock.json',
].flatMap((line) => line.split(' '))

/**
 * Returns a hash of the names and contents of the given files and folders, without tests and what only they use.
 * @param {string[]} [paths] relative to the repository
 */
export function hashSources(paths = SOURCES) {
  const hash = createHash('sha256')
  for (const path of paths) addToHash(hash, path)
  return hash.digest('hex')
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function addToHash(hash, path) {
  const full = join(rootDir, path)
  if (!existsSync(full) || /\.test\.tsx?$|\/testing$/.test(path)) return
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addToHash(hash, `${path}/${name}`)
    return
  }
  hash.update(`${path}\0`).update(readFileSync(full)).update('\0')
}
