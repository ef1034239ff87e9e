import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from './plain-error.mjs'

/** @typedef {{ ENCRYPTION_KEY: string, AUTH_SECRET: string, POSTGRES_PASSWORD: string }} Secrets */

/**
 * Returns the generated secrets of a data folder; an empty object: none exist.
 * @param {string} dataDir
 * @returns {Partial<Secrets>}
 * @throws PlainError when the file is damaged: new secrets would make the encrypted data permanently unreadable
 */
export function readSecrets(dataDir) {
  const path = join(dataDir, 'secrets.json')
  if (!existsSync(path)) return {}
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new PlainError(
      `${path} cannot be read (${/** @type {Error} */ (error).message}). It holds the keys of the data beside it: put it back from a backup.`,
    )
  }
}

/**
 * Generates the missing secrets of a data folder; only the owner can read the file.
 * @param {string} dataDir
 * @returns {Secrets}
 */
export function ensureSecrets(dataDir) {
  const kept = readSecrets(dataDir)
  const secrets = {
    ENCRYPTION_KEY: kept.ENCRYPTION_KEY ?? `k1:${randomBytes(32).toString('base64')}`,
    AUTH_SECRET: kept.AUTH_SECRET ?? randomBytes(32).toString('hex'),
    POSTGRES_PASSWORD: kept.POSTGRES_PASSWORD ?? randomBytes(18).toString('hex'),
  }
  if (Object.keys(secrets).some((name) => !(name in kept))) {
    const path = join(dataDir, 'secrets.json')
    writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  return secrets
}
