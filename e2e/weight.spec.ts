import { gzipSync } from 'node:zlib'
import { signIn } from './sign-in'
import { expect, test } from './test'

const budgetBytes = 260 * 1024
const paths = [
  '/dashboard',
  '/dashboard/applications',
  '/dashboard/robots',
  '/dashboard/callbacks',
  '/dashboard/settings',
]

test('no page needs more than 260 KB of script, gzipped, before it can be used', async ({ page, product }) => {
  await signIn(page, product)
  for (const path of paths) {
    const html = await (await page.request.get(path)).text()
    // Polyfills are for browsers that know no modules; the others leave them.
    const tags = [...html.matchAll(/<script[^>]* src="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag))
    const sources = new Set(tags.map(([, source]) => source ?? ''))
    expect(sources.size).toBeGreaterThan(0)
    const scripts = await Promise.all([...sources].map(async (source) => (await page.request.get(source)).body()))
    const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0)
    test.info().annotations.push({ type: 'weight', description: `${path} ${Math.round(bytes / 1024)} KB` })
    expect([path, bytes <= budgetBytes || `${bytes} bytes`]).toEqual([path, true])
  }
})
