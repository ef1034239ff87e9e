import { bundleOptions } from '../bundle.mjs'

/**
 * Bundles programs into `dist/dev`, and again whenever one of their sources changes. Resolves when all were bundled
 * once; a program with errors is waited for until they are put right (esbuild prints them).
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
