// `npm run start:web`, `start:worker`, `migrate`: runs one program of a build with the unchanged environment. Without
// DATABASE_URL it uses the data folder of `npm start`.
import { pathToFileURL } from 'node:url'
import { checkNode } from './bootstrap/check-node.mjs'
import { rootDir } from './bootstrap/paths.mjs'
import { PlainError, runMain } from './bootstrap/plain-error.mjs'
import { isBundled, programPath } from './bundle.mjs'

checkNode()
await runMain(async () => {
  const name = /** @type {import('./bundle.mjs').ProgramName} */ (process.argv[2])
  if (!isBundled(name)) throw new PlainError('There is no build yet: run "npm run build" first.')
  process.chdir(rootDir)
  if (!process.env['DATABASE_URL']) {
    const { envOfDataDir } = await import('./bootstrap/env-of-data-dir.mjs')
    Object.assign(process.env, envOfDataDir(process.env))
  }
  Object.assign(process.env, { NODE_ENV: 'production' })
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(programPath(name)).href)
})
