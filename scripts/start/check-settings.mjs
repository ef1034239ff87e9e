import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { machineLock } from '../bootstrap/file-lock.mjs'
import { rootDir, withoutEmpty } from '../bootstrap/paths.mjs'
import { PlainError } from '../bootstrap/plain-error.mjs'
import { isBuilt } from '../build.mjs'
import { PROGRAMS, bundlePrograms, programPath } from '../bundle.mjs'

/** Placeholders for values that `npm start` generates later, so that the rules can be applied before they exist. */
const PROVIDED = {
  DATABASE_URL: 'postgres://wxbot@127.0.0.1/wxbot',
  AUTH_SECRET: 'provided-by-npm-start-once-it-is-running',
  ENCRYPTION_KEY: `k1:${Buffer.from('provided-by-npm-start-0123456789').toString('base64')}`,
}

/**
 * Applies the rules of `lib/env.ts` to the settings, then checks that the given servers respond.
 * @param {{ env: import('../bootstrap/paths.mjs').Env, settings: import('./decide-settings.mjs').Settings, problems: import('../../lib/env').EnvProblem[] }} options `problems`: already found
 * @throws PlainError that lists every problem
 */
export async function checkSettings({ env, settings, problems }) {
  if (existsSync(join(rootDir, PROGRAMS.settings)) && !isBuilt())
    await machineLock('build', () => bundlePrograms(['settings']))
  /** @type {typeof import('../../cli/check-settings')} */
  const rules = await import(pathToFileURL(programPath('settings')).href)
  const given = withoutEmpty(env)
  const text = await rules.checkSettings({
    settings: { ...PROVIDED, ...given, ...settings },
    explicit: given,
    problems,
  })
  if (text) throw new PlainError(text)
}
