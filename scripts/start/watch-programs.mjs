import { bundleOptions } from '../bundle.mjs'

/**
 * Bundles programs into `dist/dev`, and again whenever one of their sources changes. Resolves when all were bundled
 * once; a program with errors is waited for until they are put right (esbuild prints them).
 * @param {Array<import('../bundle.mjs').ProgramName>} names
 * @param {(name: string) => void} onRebuilt
 */
export async function watchPrograms(names, onRebuilt) {
  const { context } = await import('esbuild')
  await Promise.all(
    names.map(
      (name) =>
        /** @type {Promise<void>} */ (
          new Promise((resolve, reject) => {
            let isFirst = true
            /** @param {import('esbuild').PluginBuild} build */
            const setup = (build) =>
              build.onEnd(({ errors }) => {
                if (errors.length > 0) return
                if (!isFirst) onRebuilt(name)
                isFirst = false
                resolve()
              })
            const options = { ...bundleOptions([name], 'dist/dev'), plugins: [{ name: 'restart', setup }] }
            context(options)
              .then((builder) => builder.watch())
              .catch(reject)
          })
        ),
    ),
  )
}
