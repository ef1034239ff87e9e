import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { postgresUrl } from '../embedded-postgres.mjs'
import { dataDirOf, withoutEmpty } from './paths.mjs'
import { readSecrets } from './read-secrets.mjs'

/**
 * Completes an environment from the data folder of `npm start` (secrets, Postgres, last settings), so that a command
 * needs no other variables. Variables that are set stay unchanged.
 * @param {import('./paths.mjs').Env} env
 * @returns {import('./paths.mjs').Env}
 */
export function envOfDataDir(env) {
  const dataDir = dataDirOf(env)
  const { POSTGRES_PASSWORD: password, ...secrets } = readSecrets(dataDir)
  const port = readJson(join(dataDir, 'postgres.json'))['port']
  const settings = readJson(join(dataDir, 'settings.json'))
  return {
    ...settings,
    ...secrets,
    ...(password && port ? { DATABASE_URL: postgresUrl({ port: Number(port), password }) } : {}),
    ...withoutEmpty(env),
    DATA_DIR: dataDir,
  }
}

/**
 * @param {string} path
 * @returns {Record<string, string>}
 */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}
