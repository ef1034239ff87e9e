import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { postgresUrl } from '../embedded-postgres.mjs'
import { dataDirOf } from './paths.mjs'
import { readSecrets } from './read-secrets.mjs'

/**
 * Completes an environment from the data folder of `npm start` (its secrets, its Postgres, the settings it last ran
 * with), so that a command works beside it without any variables. Only what is unset is filled in.
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
    // A list that is set but empty allows nothing; any other empty variable is an unset one.
    ...Object.fromEntries(Object.entries(env).filter(([name, value]) => value || name.endsWith('_ALLOW'))),
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
