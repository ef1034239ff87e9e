import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @typedef {Record<string, string | undefined>} Env environment variables */

/** The repository root; independent of the working directory. */
export const rootDir = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Returns the absolute path of the data folder: DATA_DIR, otherwise `.data` in the repository.
 * @param {Env} env
 */
export function dataDirOf(env) {
  return resolve(rootDir, env['DATA_DIR'] || '.data')
}

/**
 * Returns the variables without empty ones, which count as unset. Empty lists stay, because an empty list allows nothing.
 * @param {Env} env
 */
export function withoutEmpty(env) {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => value || name.endsWith('_ALLOW')))
}
