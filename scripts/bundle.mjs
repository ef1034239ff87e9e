import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { rootDir } from './bootstrap/paths.mjs'
import { PlainError } from './bootstrap/plain-error.mjs'

/** The programs of the product and where they begin; each becomes one file of `dist/`, npm packages stay outside. */
export const PROGRAMS = {
  web: 'web/index.ts',
  worker: 'worker/index.ts',
  simulator: 'simulator/index.ts',
  cli: 'cli/index.ts',
  migrate: 'cli/migrate.ts',
}

/** @typedef {keyof typeof PROGRAMS} ProgramName */

/**
 * Says how esbuild makes programs of ours.
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
 * Bundles programs into `dist/` with esbuild; takes a fraction of a second.
 * @param {ProgramName[]} names
 * @throws PlainError when the sources have errors; esbuild has printed them then
 */
export async function bundlePrograms(names) {
  const { build } = await import('esbuild')
  mkdirSync(join(rootDir, 'dist'), { recursive: true })
  await build(bundleOptions(names, 'dist')).catch(() => {
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
