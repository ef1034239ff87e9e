// `npm run -s cli -- …`: the operator's command line, during `npm start` or with a separate DATABASE_URL.
// Only the command itself may write to stdout.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkNode } from './bootstrap/check-node.mjs'
import { envOfDataDir } from './bootstrap/env-of-data-dir.mjs'
import { rootDir } from './bootstrap/paths.mjs'
import { PlainError, runMain } from './bootstrap/plain-error.mjs'
import { hashSources } from './bootstrap/source-hash.mjs'
import { PROGRAMS, bundlePrograms, isBundled, programPath } from './bundle.mjs'

checkNode()
await runMain(async () => {
  await bundleIfStale()
  process.chdir(rootDir)
  Object.assign(process.env, { NODE_ENV: 'production', ...envOfDataDir(process.env) })
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(programPath('cli')).href)
})

async function bundleIfStale() {
  if (!existsSync(join(rootDir, 'node_modules')))
    throw new PlainError('The packages are not installed yet: run "npm start" or "npm install" first.')
  if (isBundled('cli') && !existsSync(join(rootDir, PROGRAMS.cli))) return
  const sources = hashSources()
  const stamps = ['build-of', 'cli-of'].map((name) => join(rootDir, 'dist', name))
  if (isBundled('cli') && stamps.some((path) => existsSync(path) && readFileSync(path, 'utf8') === sources)) return
  await bundlePrograms(['cli'])
  writeFileSync(join(rootDir, 'dist/cli-of'), sources)
}
