import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { machineLock } from './bootstrap/file-lock.mjs'
import { rootDir } from './bootstrap/paths.mjs'
import { PlainError, runMain } from './bootstrap/plain-error.mjs'
import { withProgress } from './bootstrap/progress.mjs'
import { hashSources } from './bootstrap/source-hash.mjs'
import { PROGRAMS, bundlePrograms } from './bundle.mjs'

/** @typedef {import('./bundle.mjs').ProgramName} ProgramName */

const stampPath = join(rootDir, 'dist/build-of')
const allPrograms = /** @type {ProgramName[]} */ (Object.keys(PROGRAMS))

/** Returns whether `dist` and `.next` were built from the current sources. */
export function isBuilt() {
  return (
    existsSync(join(rootDir, '.next/BUILD_ID')) &&
    existsSync(stampPath) &&
    readFileSync(stampPath, 'utf8') === hashSources()
  )
}

/**
 * Builds the pages with `next build` and the programs with esbuild. Builds at the same time run one after another;
 * the second reuses the result of the first.
 * @param {{ onlyIfStale: boolean }} options
 * @throws PlainError with the compiler's output
 */
export async function buildProduct({ onlyIfStale }) {
  if (onlyIfStale && isBuilt()) return
  await machineLock('build', async () => {
    if (onlyIfStale && isBuilt()) return
    const sources = hashSources()
    rmSync(stampPath, { force: true })
    await bundlePrograms(allPrograms)
    await withProgress('building', buildPages)
    writeFileSync(stampPath, sources)
  })
}

async function buildPages() {
  const next = join(rootDir, 'node_modules/next/dist/bin/next')
  const env = { ...process.env, NODE_ENV: /** @type {const} */ ('production'), NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawn(process.execPath, [next, 'build'], { cwd: rootDir, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new PlainError(`${output}\nThe build failed (next build ended with ${code}).`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runMain(async () => {
    await buildProduct({ onlyIfStale: false })
    console.log('built: .next and dist')
  })
