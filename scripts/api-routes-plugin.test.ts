import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { listApiRoutes } from '@/lib/testing/list-api-routes'
import { apiRoutesPlugin } from '@/scripts/api-routes-plugin.mjs'
import { bundleOptions } from '@/scripts/bundle.mjs'

it('the build replaces the list of API routes by all route files', async () => {
  const { inputs } = (
    await build({ ...bundleOptions(['web'], 'dist'), plugins: [apiRoutesPlugin], write: false, metafile: true })
  ).metafile
  const bundled = Object.keys(inputs).filter((file) => file.startsWith('app/(api)/'))
  expect(bundled).toHaveLength((await listApiRoutes()).length)
  expect(inputs['web/api-routes.ts']).toBeUndefined()
})

it('a bundle for development leaves the API to Next', async () => {
  const { metafile } = await build({ ...bundleOptions(['web'], 'dist'), write: false, metafile: true })
  expect(Object.keys(metafile.inputs).filter((file) => file.startsWith('app/'))).toEqual([])
})
