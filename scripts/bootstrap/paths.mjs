import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @typedef {Record<string, string | undefined>} Env environment variables */

/** The repository's root: all commands work on it, whatever folder they are called from. */
export const rootDir = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * Names the data folder of this command: DATA_DIR, else `.data` in the repository. Always absolute.
 * @param {Env} env
 */
export function dataDirOf(env) {
  return resolve(rootDir, env['DATA_DIR'] || '.data')
}
