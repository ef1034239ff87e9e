import { bundleOptions } from '../bundle.mjs'

/**
 * Bundles programs into `dist/dev` and bundles a program again when one of its sources changes. Resolves when all are
 * bundled once; it waits for programs with errors, which esbuild prints, until the errors are fixed.
 * @param {Array<import('../bundle.mjs').ProgramName>} names
 * @param {(name: string) => void} onRebuilt
 */
export async function watchPrograms(names, onRebuilt) {
  await Promise.all(names.map((name) => watchProgram(name, () => onRebuilt(name))))
}

/**
 * @param {import('../bundle.mjs').ProgramName} name
 * @param {() => void} onRebuilt
 */
async function watchProgram(name, onRebuilt) {
  const { context } = await import('esbuild')
  let tellFirst = () => {}
  /** @type {Promise<void>} */
  const first = new Promise((resolve) => (tellFirst = resolve))
  let isFirst = true
  /** @param {import('esbuild').PluginBuild} build */
  const setup = (build) =>
    build.onEnd(({ errors }) => {
      if (errors.length > 0) return
      if (!isFirst) onRebuilt()
      isFirst = false
      tellFirst()
    })
  const builder = await context({ ...bundleOptions([name], 'dist/dev'), plugins: [{ name: 'restart', setup }] })
  await builder.watch()
  await first
}
