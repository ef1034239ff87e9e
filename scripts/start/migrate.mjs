import { fork } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { PlainError } from '../bootstrap/plain-error.mjs'
import { rootDir } from '../bootstrap/paths.mjs'
import { programPath } from '../bundle.mjs'

/**
 * Migrates the database and creates the first operator if none exists.
 * @param {import('../bootstrap/paths.mjs').Env} env
 * @returns {Promise<string | undefined>} the lines to print about the operator; undefined: none was created
 */
export async function migrate(env) {
  const email = env['ADMIN_EMAIL'] || 'admin@wxbot.local'
  const password = env['ADMIN_PASSWORD'] || randomBytes(12).toString('base64url')
  const child = fork(programPath('migrate'), [], {
    cwd: rootDir,
    env: { ...env, NODE_ENV: 'production', ADMIN_EMAIL: email, ADMIN_PASSWORD: password },
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let hasCreatedOperator = false
  child.on('message', (message) => {
    const { type, createdOperator } = /** @type {{ type?: string, createdOperator?: boolean }} */ (message)
    if (type === 'migrated') hasCreatedOperator = createdOperator === true
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new PlainError('The database could not be brought up to date; the lines above say why.')
  if (!hasCreatedOperator) return undefined
  const secret = env['ADMIN_PASSWORD'] ? '(your ADMIN_PASSWORD)' : `${password}   (shown only once)`
  return `operator: ${email}\npassword: ${secret}`
}
