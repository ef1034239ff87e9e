import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { PROGRAMS } from '../bundle.mjs'

/** All code that runs in production: the programs, their launchers, and the pages. */
const entryPoints = [
  ...Object.values(PROGRAMS),
  'scripts/run.mjs',
  'scripts/cli.mjs',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.mjs',
  ...readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|\/)(route|page|layout|error|not-found)\.tsx?$/.test(name))
    .map((name) => `app/${name}`),
]

it('production code imports no package that `npm ci --omit=dev` omits', async () => {
  const { metafile } = await build({
    entryPoints,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    loader: { '.css': 'empty', '.svg': 'empty', '.png': 'empty' },
    jsx: 'automatic',
    outdir: 'unused',
    write: false,
    metafile: true,
  })
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  const imported = Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path))
    .filter((path) => !isBuiltin(path))
    .map((path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/'))
  expect(imported.length).toBeGreaterThan(100)
  expect([...new Set(imported)].filter((name) => !(name in dependencies))).toEqual([])
})
