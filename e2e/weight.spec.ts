import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { preparePages } from '@/e2e/prepare-pages'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

const budgetBytes = 260 * 1024
const weights = new Map<string, number>()

async function weigh(page: Page, source: string): Promise<number> {
  const known = weights.get(source)
  if (known !== undefined) return known
  const bytes = gzipSync(await (await page.request.get(source)).body()).length
  weights.set(source, bytes)
  return bytes
}

test('every page loads a maximum of 260 KB of gzipped scripts', async ({ page, product }, info) => {
  await signIn(page, product)
  const paths = await preparePages(product, page, `重 ${markOf(info)}`)
  const sourcesOf = new Map<string, string[]>()
  for (const path of paths.filter((each) => each.startsWith('/dashboard'))) {
    const html = await (await page.request.get(path)).text()
    // Browsers with module support do not load the polyfills.
    const tags = [...html.matchAll(/<script[^>]* src="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag))
    sourcesOf.set(path, [...new Set(tags.map(([, source]) => source ?? ''))])
  }
  const sumOf = async (sources: string[]) => {
    let sum = 0
    for (const source of sources) sum += await weigh(page, source)
    return sum
  }
  const all = [...sourcesOf.values()]
  const shared = all[0]?.filter((source) => all.every((sources) => sources.includes(source))) ?? []
  const note = (what: string, bytes: number) =>
    info.annotations.push({ type: 'weight', description: `${what} ${Math.round(bytes / 1024)} KB` })
  note('what every page shares', await sumOf(shared))
  for (const [path, sources] of sourcesOf) {
    expect(sources.length).toBeGreaterThan(0)
    const bytes = await sumOf(sources)
    note(path, bytes)
    expect.soft([path, bytes <= budgetBytes || `${bytes} bytes`]).toEqual([path, true])
  }
})
