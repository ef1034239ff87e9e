import { bundleOptions } from '../bundle.mjs'

/**
 * Bundles programs into `dist/dev` and again whenever one of their sources changes; resolves after the first time.
 * @param {Array<import('../bundle.mjs').ProgramName>} names
 * @param {(name: string) => void} onRebuilt
 */
export async function watchPrograms(names, onRebuilt) {
  const { context } = await import('esbuild')
  await Promise.all(
    names.map(async (name) => {
      let isFirst = true
      const builder = await context({
        ...bundleOptions([name], 'dist/dev'),
        plugins: [
          {
            name: 'restart',
            setup(build) {
              build.onEnd(({ errors }) => {
                if (!isFirst && errors.length === 0) onRebuilt(name)
              })
            },
          },
        ],
      })
      await builder.rebuild()
      isFirst = false
      await builder.watch()
    }),
  )
}
