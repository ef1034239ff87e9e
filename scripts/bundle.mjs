import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { apiRoutesPlugin } from './api-routes-plugin.mjs'
import { rootDir } from './bootstrap/paths.mjs'
import { PlainError } from './bootstrap/plain-error.mjs'

/** The entry point of each program; each is bundled into one file of `dist/`, without the npm packages. */
export const PROGRAMS = {
  web: 'web/index.ts',
  worker: 'worker/index.ts',
  simulator: 'simulator/index.ts',
  cli: 'cli/index.ts',
  migrate: 'cli/migrate.ts',
  settings: 'cli/check-settings.ts',
}

/** @typedef {keyof typeof PROGRAMS} ProgramName */

/**
 * Returns the Node options of a program. The worker parses untrusted input with third-party libraries that can
 * generate code from strings, so code generation is disabled there.
 * @param {string} name
 * @returns {string[]}
 */
export function nodeOptionsOf(name) {
  return ['--enable-source-maps', ...(name === 'worker' ? ['--disallow-code-generation-from-strings'] : [])]
}

/**
 * Returns the esbuild options for the programs.
 * @param {ProgramName[]} names
 * @param {string} outDir relative to the repository
 * @returns {import('esbuild').BuildOptions}
 */
export function bundleOptions(names, outDir) {
  return {
    absWorkingDir: rootDir,
    entryPoints: Object.fromEntries(names.map((name) => [name, PROGRAMS[name]])),
    outdir: outDir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
  }
}

/**
 * Bundles programs into `dist/` with esbuild.
 * @param {ProgramName[]} names
 * @throws PlainError when the sources have errors, which esbuild has printed
 */
export async function bundlePrograms(names) {
  const { build } = await import('esbuild')
  mkdirSync(join(rootDir, 'dist'), { recursive: true })
  // The command line loads rarely needed modules on demand, which keeps each run short.
  const parts = [names.filter((name) => name !== 'cli'), names.filter((name) => name === 'cli')]
  for (const part of parts.filter(({ length }) => length > 0))
    await build({
      ...bundleOptions(part, 'dist'),
      splitting: part[0] === 'cli',
      plugins: [apiRoutesPlugin],
    }).catch(() => {
      throw new PlainError('The build failed; the lines above say where.')
    })
}

/** @param {ProgramName} name */
export function programPath(name) {
  return join(rootDir, 'dist', `${name}.js`)
}

/** @param {ProgramName} name */
export function isBundled(name) {
  return existsSync(programPath(name))
}
